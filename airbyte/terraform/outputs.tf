output "connections" {
  description = "Ids of the connections, to start or watch them by Airbyte's API."
  value = merge(
    { for name, connection in airbyte_connection.market_landing : "${name}-landing" => connection.connection_id },
    { for name, connection in airbyte_connection.market_snowflake : "${name}-snowflake" => connection.connection_id },
    { erp-landing = airbyte_connection.erp_landing.connection_id }
  )
}
