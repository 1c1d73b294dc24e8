# The ERP's or CRM's tables. By CDC every version of a sale is read; by a cursor only the one that is there when a sync comes by.

locals {
  erp_replication = {
    cdc = {
      method                               = "CDC"
      plugin                               = "pgoutput"
      replication_slot                     = var.erp.replication_slot
      publication                          = var.erp.publication
      initial_waiting_seconds              = 120
      lsn_commit_behaviour                 = "After loading Data in the destination"
      invalid_cdc_cursor_position_behavior = "Fail sync"
    }
    cursor = {
      method = "Standard"
    }
  }

  erp_tables = {
    sales    = ["sale_id"]
    vehicles = ["model_id"]
    dealers  = ["dealer_id"]
  }

  # By CDC the source brings its own cursor, the position in the log.
  erp_streams = [
    for table, key in local.erp_tables : merge(
      { name = table, primary_key = [for field in key : [field]] },
      { for name, field in { cursor_field = ["updated_at"] } : name => field if var.erp.replication == "cursor" }
    )
  ]
}

data "airbyte_connector_configuration" "erp" {
  connector_name = "source-postgres"

  configuration = {
    host               = var.erp.host
    port               = var.erp.port
    database           = var.erp.database
    schemas            = [var.erp.schema]
    ssl_mode           = { mode = "require" }
    tunnel_method      = { tunnel_method = "NO_TUNNEL" }
    replication_method = local.erp_replication[var.erp.replication]
  }

  configuration_secrets = {
    username = var.erp_username
    password = var.erp_password
  }
}

resource "airbyte_source" "erp" {
  name          = "autopulse-erp"
  workspace_id  = var.workspace_id
  definition_id = data.airbyte_connector_configuration.erp.definition_id
  configuration = data.airbyte_connector_configuration.erp.configuration_json
}

resource "airbyte_connection" "erp_landing" {
  name                                 = "autopulse-erp-landing"
  source_id                            = airbyte_source.erp.source_id
  destination_id                       = airbyte_destination.landing.destination_id
  namespace_definition                 = "custom_format"
  namespace_format                     = "erp"
  non_breaking_schema_updates_behavior = "propagate_columns"
  status                               = "active"

  schedule = {
    schedule_type   = "cron"
    cron_expression = "0 0 * * * ?"
  }

  # Each version of a sale stays in the landing zone: revisions are counted over them.
  configurations = {
    streams = [for stream in local.erp_streams : merge(stream, { sync_mode = "incremental_append" })]
  }
}
