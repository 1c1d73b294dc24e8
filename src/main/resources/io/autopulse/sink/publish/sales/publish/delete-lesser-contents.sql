-- Known versions of whose key and moment another content comes that is greater
-- (docs/architecture.md, "Equal moments").
delete from {core}.sale_versions
using {versions} as versions
where
    versions.sale_id = sale_versions.sale_id
    and versions.updated_at = sale_versions.updated_at
    and versions.sequence = sale_versions.sequence
    and {content_is_greater}
