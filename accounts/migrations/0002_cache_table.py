from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    """The cache that holds the limits on tries; see CACHES. makemigrations knows nothing of it."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
