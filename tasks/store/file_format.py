"""How every Parquet file is written: the same rows give the same bytes, and any reader knows the types."""

import pyarrow as pa

ROW_GROUP_ROWS = 65_536
FORMAT = {"compression": "zstd", "compression_level": 3, "row_group_size": ROW_GROUP_ROWS, "version": "2.6"}


def plain_type(type_: pa.DataType) -> pa.DataType:
    """The type that every Parquet reader knows: views and large types become plain ones."""
    if pa.types.is_string_view(type_) or pa.types.is_large_string(type_):
        return pa.string()
    if pa.types.is_binary_view(type_) or pa.types.is_large_binary(type_):
        return pa.binary()
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return pa.list_(plain_type(type_.value_type))
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(f.name, plain_type(f.type)) for f in type_])
    return type_
