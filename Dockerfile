# Dixit's page in a container that nothing but /data has to outlive:
#     docker build -t dixit .
#     docker run -p 127.0.0.1:7860:7860 -v dixit:/data dixit
# Where the newest torch brings libraries for accelerators, name an index of builds without: --build-arg PIP_EXTRA_INDEX_URL=…

FROM python:3.11-slim-bookworm AS build
ARG PIP_EXTRA_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/dixit
ENV PATH=/opt/dixit/bin:$PATH
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY index index
COPY assistant assistant
# with what the catalog on PostgreSQL needs
RUN pip install -c constraints.txt '.[server]'

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 dixit && useradd --uid 10001 --gid dixit --create-home dixit \
    && install -d -o dixit -g dixit /data /opt/cache
COPY --from=build /opt/dixit /opt/dixit
COPY app.py /opt/page/app.py
ENV PATH=/opt/dixit/bin:$PATH \
    DIXIT_DATA=/data \
    DIXIT_CACHE=/opt/cache \
    HF_HUB_OFFLINE=1 \
    ANONYMIZED_TELEMETRY=False \
    GRADIO_ANALYTICS_ENABLED=False
USER 10001:10001
WORKDIR /opt/page
# the embedding model is unpacked now, not at each start of a container
RUN printf 'Harbour\n\n“The harbour opens on Monday,” said Anne Lebrun, who runs it.\n' > /tmp/first.txt \
    && dixit --data /tmp/first add /tmp/first.txt && rm -r /tmp/first /tmp/first.txt
VOLUME /data
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/health', timeout=3)"]
# all of Dixit's commands are there, too: docker run … dixit dixit ask "…"
CMD ["python", "app.py", "--host", "0.0.0.0"]
