# NeuroLearn on Deno. Build: docker build -t neurolearn .   Run: see compose.yaml
FROM denoland/deno:debian-2.9.6
WORKDIR /app
ENV NEUROLEARN_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data DENO_NO_UPDATE_CHECK=1
COPY deno.json deno.lock ./
COPY main.ts ./
COPY src ./src
COPY migrations ./migrations
COPY models ./models
COPY content ./content
COPY web ./web
RUN deno cache --frozen main.ts && mkdir /data && chown -R deno:deno /data /app
USER deno
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["deno", "eval", "const r = await fetch('http://127.0.0.1:8000/ready'); Deno.exit(r.ok ? 0 : 1)"]
# SIGTERM drains: turns finish, actors are snapshotted, clients are told to come back.
STOPSIGNAL SIGTERM
CMD ["deno", "task", "serve"]
