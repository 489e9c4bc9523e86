// Helpers of the ops that look up a row of a table per token.
#pragma once

#include "tensor/ops/arithmetic.h"

namespace tensor {

// CHECKs that `table` [R,D] and `map` fit x [B,T,D].
void check_row_map(const Tensor& x, const Tensor& table, const RowMap& map);

// The row of token t (0 <= t < B*T) on the host.
inline int64_t row_of(const RowMap& map, int64_t table_rows, int64_t tokens_per_batch, int64_t t) {
    if (map.rows.defined()) return map.rows.i32()[t];
    return table_rows == 1 ? 0 : t / tokens_per_batch;
}

}  // namespace tensor
