FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir uv \
    && useradd --system --uid 10001 --home-dir /srv/rentree rentree \
    && install -d -o rentree -g rentree -m 700 /var/lib/rentree

WORKDIR /srv/rentree
ENV PATH=/srv/rentree/.venv/bin:$PATH PYTHONUNBUFFERED=1 UV_LINK_MODE=copy VAR_DIR=/var/lib/rentree

COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-cache
COPY . .
RUN python tools/compile_po.py

USER rentree
VOLUME /var/lib/rentree
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000"]
