# The server, for a PostgreSQL and a Redis beside it: DATABASE_URL and REDIS_URL say where they are.
# The embedded ones come along with its packages and stay unused: this user may keep no data here.
FROM node:24-slim AS pages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev

FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    OPENPRACTICE_HOST=0.0.0.0 OPENPRACTICE_ENVIRONMENT=production
WORKDIR /app
COPY requirements.lock ./
RUN pip install --require-hashes --no-deps -r requirements.lock
COPY --from=pages /app/node_modules ./node_modules
COPY . .
RUN pip install --no-build-isolation --no-deps --editable . \
    && useradd --system --no-create-home openpractice
USER openpractice
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
CMD ["openpractice", "run", "--empty"]
