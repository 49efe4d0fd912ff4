def can_invite(person, user):
    """HR lets people in. Who has a password and an e-mail address resets it himself: HR cannot become him."""
    needs_help = not user.has_usable_password() or not user.email
    return person.has_role("hr") and needs_help and user.is_active and person.user_id != user.pk
