# All embedded agents and the recorder, no model weights. Pinned as in constraints/dev.txt.
FROM python:3.13-slim

RUN useradd --uid 1000 --create-home stepweave && install --directory --owner=stepweave /var/lib/stepweave
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY constraints constraints
COPY stepweave stepweave
RUN pip install --no-cache-dir --constraint constraints/dev.txt '.[data]' && rm -rf /src/*

ENV STEPWEAVE_HOME=/var/lib/stepweave
USER stepweave
WORKDIR /home/stepweave
ENTRYPOINT ["stepweave"]
CMD ["--help"]
