# Secrets have no default and are given as TF_VAR_name or by a secret store, never in a file that is committed.

variable "airbyte_server_url" {
  description = "URL of Airbyte's public API."
  type        = string
  default     = "https://api.airbyte.com/v1"
}

variable "airbyte_client_id" {
  description = "Application of Airbyte that Terraform acts as."
  type        = string
  sensitive   = true
}

variable "airbyte_client_secret" {
  description = "Secret of that application."
  type        = string
  sensitive   = true
}

variable "workspace_id" {
  description = "Airbyte workspace that everything is made in."
  type        = string
}

variable "namespace" {
  description = "Folder of the market streams in the landing zone; pipelines read <bucket path>/<namespace>/<stream>/*.jsonl."
  type        = string
  default     = "market"
}

variable "start_date" {
  description = "Market data before this day is not read."
  type        = string
  default     = "2024-01-01T00:00:00Z"

  validation {
    condition     = can(regex("^\\d{4}-\\d{2}-\\d{2}T00:00:00Z$", var.start_date))
    error_message = "The start date is a midnight in UTC, such as 2024-01-01T00:00:00Z."
  }
}

variable "articles" {
  description = "Wikipedia articles whose views are read, as in their URLs."
  type        = list(string)
  default     = ["Renault_Clio", "Renault_Mégane", "Peugeot_208", "Dacia_Sandero", "Citroën_C3", "Volkswagen_Golf", "Toyota_Yaris", "Tesla_Model_3"]
}

variable "topics" {
  description = "Makes, or make and model, whose posts are read."
  type        = list(string)
  default     = ["Renault Clio", "Renault Megane", "Peugeot 208", "Dacia Sandero", "Citroen C3", "Volkswagen Golf", "Toyota Yaris", "Tesla Model 3"]
}

variable "contact" {
  description = "Address or URL by which Wikimedia can reach who runs this."
  type        = string
}

variable "bluesky_identifier" {
  description = "Handle of the Bluesky account that searches."
  type        = string
}

variable "bluesky_app_password" {
  description = "App password of that account."
  type        = string
  sensitive   = true
}

variable "economie_api_key" {
  description = "Key of data.economie.gouv.fr; null reads without one, within a lower quota."
  type        = string
  sensitive   = true
  default     = null
}

variable "rdw_app_token" {
  description = "Socrata application token for opendata.rdw.nl; null reads without one."
  type        = string
  sensitive   = true
  default     = null
}

variable "wikimedia_access_token" {
  description = "Wikimedia access token; null reads without one."
  type        = string
  sensitive   = true
  default     = null
}

variable "erp" {
  description = "The ERP's or CRM's PostgreSQL database. replication: cdc reads every change from the log, cursor what is newer by updated_at."
  type = object({
    host             = string
    port             = optional(number, 5432)
    database         = string
    schema           = optional(string, "public")
    replication      = optional(string, "cdc")
    replication_slot = optional(string, "autopulse_slot")
    publication      = optional(string, "autopulse_publication")
  })

  validation {
    condition     = contains(["cdc", "cursor"], var.erp.replication)
    error_message = "The replication is cdc or cursor."
  }
}

variable "erp_username" {
  description = "User who may read the ERP's tables and, for cdc, replicate."
  type        = string
  sensitive   = true
}

variable "erp_password" {
  description = "Password of that user."
  type        = string
  sensitive   = true
}

variable "landing" {
  description = "The S3 bucket that is the landing zone. endpoint: of another S3 than Amazon's."
  type = object({
    bucket   = string
    path     = optional(string, "landing")
    region   = string
    endpoint = optional(string, "")
  })
}

variable "landing_access_key_id" {
  description = "Access key of the landing zone."
  type        = string
  sensitive   = true
}

variable "landing_secret_access_key" {
  description = "Secret of that access key."
  type        = string
  sensitive   = true
}

variable "snowflake" {
  description = "Snowflake, for the same streams as typed tables; null leaves it out."
  type = object({
    host      = string
    database  = optional(string, "AUTOPULSE")
    schema    = optional(string, "AIRBYTE")
    warehouse = string
    role      = string
    username  = string
  })
  default = null
}

variable "snowflake_private_key" {
  description = "Private key of Snowflake's user, PEM."
  type        = string
  sensitive   = true
  default     = null
}
