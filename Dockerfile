FROM python:3.12-slim

WORKDIR /srv/countyhr
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements/run.txt
COPY . .
# The static files do not depend on the settings named here; the real ones come when the container starts.
RUN COUNTYHR_MODE=production SECRET_KEY=only-used-while-this-image-is-being-built ALLOWED_HOSTS=build \
    DATABASE_URL=postgres://build CELERY_BROKER_URL=redis://build python manage.py collectstatic --noinput -v 0 \
    && useradd --system countyhr && install -d -o countyhr /srv/files
USER countyhr
EXPOSE 8000
CMD ["gunicorn", "countyhr.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket", \
     "--forwarded-allow-ips", "*"]
