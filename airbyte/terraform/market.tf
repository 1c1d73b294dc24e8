# The market APIs: each connector is its manifest in ../connectors, the same file that airbyte/sync runs. Names, keys and cursors of the
# streams are taken from it and stand nowhere else.

locals {
  connectors = {
    # The data set holds yesterday's prices.
    fuel_prices = {
      cron = "0 30 5 * * ?"
      configuration = {
        base_url   = "https://data.economie.gouv.fr"
        start_date = var.start_date
        fuels      = ["Gazole", "SP95", "SP98", "E10", "E85", "GPLc"]
      }
    }
    registrations = {
      cron = "0 0 6 * * ?"
      configuration = {
        base_url     = "https://opendata.rdw.nl"
        start_date   = var.start_date
        vehicle_type = "Personenauto"
        lookback     = "P14D"
      }
    }
    page_views = {
      cron = "0 15 6 * * ?"
      configuration = {
        base_url   = "https://wikimedia.org"
        start_date = var.start_date
        contact    = var.contact
        project    = "fr.wikipedia"
        articles   = var.articles
      }
    }
    social_posts = {
      cron = "0 45 * * * ?"
      configuration = {
        base_url   = "https://bsky.social"
        start_date = var.start_date
        identifier = var.bluesky_identifier
        topics     = var.topics
        lookback   = "P1D"
      }
    }
  }

  secrets = {
    fuel_prices   = { api_key = var.economie_api_key }
    registrations = { app_token = var.rdw_app_token }
    page_views    = { access_token = var.wikimedia_access_token }
    social_posts  = { app_password = var.bluesky_app_password }
  }

  manifests = { for name in keys(local.connectors) : name => yamldecode(file("${path.module}/../connectors/${name}.yaml")) }

  streams = {
    for name, manifest in local.manifests : name => [
      for stream in manifest.streams : {
        name         = stream.name
        cursor_field = [stream.incremental_sync.cursor_field]
        primary_key  = [for field in stream.primary_key : [field]]
      }
    ]
  }
}

resource "airbyte_declarative_source_definition" "market" {
  for_each = local.manifests

  name         = "autopulse-${replace(each.key, "_", "-")}"
  workspace_id = var.workspace_id
  manifest     = jsonencode(each.value)
}

resource "airbyte_source" "market" {
  for_each = local.connectors

  name          = "autopulse-${replace(each.key, "_", "-")}"
  workspace_id  = var.workspace_id
  definition_id = airbyte_declarative_source_definition.market[each.key].id
  configuration = jsonencode(merge(each.value.configuration, { for field, secret in local.secrets[each.key] : field => secret if secret != null }))
}

resource "airbyte_connection" "market_landing" {
  for_each = local.connectors

  name                                 = "autopulse-${replace(each.key, "_", "-")}-landing"
  source_id                            = airbyte_source.market[each.key].source_id
  destination_id                       = airbyte_destination.landing.destination_id
  namespace_definition                 = "custom_format"
  namespace_format                     = var.namespace
  non_breaking_schema_updates_behavior = "propagate_columns"
  status                               = "active"

  schedule = {
    schedule_type   = "cron"
    cron_expression = each.value.cron
  }

  # Appended, not deduplicated: the pipeline takes the newest record of a key, and knows when each was read.
  configurations = {
    streams = [for stream in local.streams[each.key] : merge(stream, { sync_mode = "incremental_append" })]
  }
}

resource "airbyte_connection" "market_snowflake" {
  for_each = { for name, connector in local.connectors : name => connector if var.snowflake != null }

  name                                 = "autopulse-${replace(each.key, "_", "-")}-snowflake"
  source_id                            = airbyte_source.market[each.key].source_id
  destination_id                       = airbyte_destination.snowflake[0].destination_id
  namespace_definition                 = "destination"
  non_breaking_schema_updates_behavior = "propagate_columns"
  status                               = "active"

  schedule = {
    schedule_type   = "cron"
    cron_expression = each.value.cron
  }

  configurations = {
    streams = [for stream in local.streams[each.key] : merge(stream, { sync_mode = "incremental_deduped_history" })]
  }
}
