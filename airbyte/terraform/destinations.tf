# The landing zone that pipelines read (from: {type: airbyte-jsonl}): JSON lines, one envelope a record, not flattened.

data "airbyte_connector_configuration" "landing" {
  connector_name = "destination-s3"

  configuration = {
    s3_bucket_name   = var.landing.bucket
    s3_bucket_path   = var.landing.path
    s3_bucket_region = var.landing.region
    s3_endpoint      = var.landing.endpoint
    s3_path_format   = "$${NAMESPACE}/$${STREAM_NAME}/$${YEAR}_$${MONTH}_$${DAY}_$${EPOCH}_"
    format = {
      format_type = "JSONL"
      flattening  = "No flattening"
      compression = { compression_type = "No Compression" }
    }
  }

  configuration_secrets = {
    access_key_id     = var.landing_access_key_id
    secret_access_key = var.landing_secret_access_key
  }
}

resource "airbyte_destination" "landing" {
  name          = "autopulse-landing"
  workspace_id  = var.workspace_id
  definition_id = data.airbyte_connector_configuration.landing.definition_id
  configuration = data.airbyte_connector_configuration.landing.configuration_json
}

data "airbyte_connector_configuration" "snowflake" {
  count = var.snowflake == null ? 0 : 1

  connector_name = "destination-snowflake"

  configuration = {
    host      = var.snowflake.host
    database  = var.snowflake.database
    schema    = var.snowflake.schema
    warehouse = var.snowflake.warehouse
    role      = var.snowflake.role
    username  = var.snowflake.username
  }

  configuration_secrets = {
    credentials = {
      auth_type   = "Key Pair Authentication"
      private_key = var.snowflake_private_key
    }
  }
}

resource "airbyte_destination" "snowflake" {
  count = var.snowflake == null ? 0 : 1

  name          = "autopulse-snowflake"
  workspace_id  = var.workspace_id
  definition_id = data.airbyte_connector_configuration.snowflake[0].definition_id
  configuration = data.airbyte_connector_configuration.snowflake[0].configuration_json
}
