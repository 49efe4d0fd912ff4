def can_invite(person, user):
    """HR lets in who has no password. So that it cannot become someone who has one, an operator ends that."""
    is_new = user.is_active and not user.has_usable_password()
    return person.has_role("hr") and is_new and person.user_id != user.pk
