from celery import shared_task
from django.utils import timezone

from outbox import delivery


@shared_task
def deliver(message_id):
    delivery.deliver_message(message_id, now=timezone.now())


@shared_task
def sweep():
    """Send what a lost task or a failure has left behind."""
    now = timezone.now()
    for message_id in delivery.due(now=now):
        delivery.deliver_message(message_id, now=now)
