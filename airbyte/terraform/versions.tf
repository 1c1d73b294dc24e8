terraform {
  required_version = ">= 1.8"

  required_providers {
    airbyte = {
      source  = "airbytehq/airbyte"
      version = "~> 1.3"
    }
  }
}

# Airbyte Cloud by default. A server of one's own: server_url = "https://HOST/api/public/v1".
provider "airbyte" {
  server_url    = var.airbyte_server_url
  client_id     = var.airbyte_client_id
  client_secret = var.airbyte_client_secret
}
