# The command autopulse on a Java runtime, without a build: the jar is the one that the pipeline built and tested.
#   mvn -q package -DskipTests && docker build -t autopulse .
#   docker run --rm -v "$PWD:/work" autopulse run pipelines/daily-refresh.yaml
ARG JAVA_IMAGE=eclipse-temurin:17-jre-noble
FROM ${JAVA_IMAGE}

# Java takes the charset of file names from the locale; no component asks cloud metadata services.
ENV LC_ALL=C.UTF-8 \
    AUTOPULSE_JAR=/opt/autopulse/autopulse.jar \
    AWS_EC2_METADATA_DISABLED=true

COPY bin/autopulse bin/java-options /opt/autopulse/bin/
COPY pipelines /opt/autopulse/pipelines
COPY runner-configs /opt/autopulse/runner-configs
COPY target/autopulse.jar /opt/autopulse/autopulse.jar

# No name and no shell: the numbers are enough, also where a platform runs containers as others.
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["/opt/autopulse/bin/autopulse"]
CMD ["--help"]
