#include "tensor/cpu/gemm.h"

#include <algorithm>

#include "base/cpu/isa.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/kernels.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/products.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

// Blocks after Goto & van de Geijn (2008): weights that are widened together, while the strips of
// kBlockRows rows pass by. The deeper they are, the fewer times y is read and written; with narrow
// registers a panel must fit into the first cache (products.cc), with wide ones all into the
// second.
struct Blocks {
    int64_t depth;   // a multiple of every storage type's block
    int64_t panels;  // 16 columns each
};
Blocks chosen_blocks() {
    return base::isa() == base::Isa::Avx512 ? Blocks{768, 16} : Blocks{256, 16};
}
constexpr int64_t kBlockRows = 192;  // a multiple of kTileRows
constexpr int64_t kSlabBytes = 16 << 20;
constexpr int64_t kFewRows = 8;

int64_t pieces(int64_t n, int64_t step) { return (n + step - 1) / step; }

struct Weight {
    const Tensor& tensor;
    DType type;
    int64_t rows, depth;

    // Values [from, from + count) of row n; both are whole blocks of the type, or reach the end.
    void read(int64_t n, int64_t from, int64_t count, float* to) const {
        tensor.widen_into(n * depth + from, count, to);
    }
};

// x, or a range of its columns that is a whole number of blocks, as strips of six rows:
// [k block][strip][depth][6].
void pack_strips(const Tensor& x, int64_t depth, int64_t first, int64_t last, float* packed) {
    const int64_t m = x.dim(0), k = x.dim(1), strips = pieces(m, kTileRows);
    parallel_for(pieces(last - first, depth) * strips, 16, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t at = first + u / strips * depth, row = u % strips * kTileRows;
            const float* rows[kTileRows];
            const int64_t count = std::min(kTileRows, m - row);
            for (int64_t i = 0; i < count; ++i) rows[i] = x.f32() + (row + i) * k + at;
            pack_strip(rows, count, std::min(depth, last - at), 1.0f,
                       packed + u * depth * kTileRows);
        }
    });
}

// Weights [at, at + depth) of `panels` panels from row n, to panels `step` apart. `wide` has room
// for one of them.
void pack_weights(const Weight& w, int64_t n, int64_t panels, int64_t at, int64_t depth,
                  float* wide, float* packed, int64_t step) {
    for (int64_t p = 0; p < panels; ++p, n += kPanel, packed += step) {
        const int64_t count = std::clamp<int64_t>(w.rows - n, 0, kPanel);
        if (w.type == DType::F32) {
            const auto* rows = w.tensor.f32() + n * w.depth + at;
            pack_panel(rows, w.depth, count, depth, packed);
            continue;
        }
        for (int64_t j = 0; j < count; ++j) w.read(n + j, at, depth, wide + j * depth);
        pack_panel(wide, depth, count, depth, packed);
    }
}

struct Job {
    Weight w;
    const float* bias;
    Activation activation;
    float* y;
    int64_t m, n, k, strips;
    Blocks blocks;
};

// Rows [top, bottom) of y (`top` a multiple of kTileRows) in columns of `panels` panels from
// `column`, for x's columns [first, last), whose strips begin at `packed`.
void multiply_block(const Job& j, int64_t top, int64_t bottom, int64_t column, int64_t panels,
                    int64_t first, int64_t last, const float* packed) {
    const int64_t step = j.blocks.depth * kPanel, strip = j.blocks.depth * kTileRows;
    Scratch& scratch = thread_scratch();
    scratch.begin(j.blocks.panels * step + step);
    float* weights = scratch.take(j.blocks.panels * step);
    float* wide = scratch.take(step);
    const int64_t width = std::min(panels * kPanel, j.n - column);
    for (int64_t at = first; at < last; at += j.blocks.depth, packed += j.strips * strip) {
        const int64_t depth = std::min(j.blocks.depth, last - at);
        pack_weights(j.w, column, panels, at, depth, wide, weights, step);
        for (int64_t block = top; block < bottom; block += kBlockRows) {
            const int64_t end = std::min(block + kBlockRows, bottom);
            float* y = j.y + block * j.n + column;
            const float* before = at > 0 ? y : j.bias ? j.bias + column : nullptr;
            multiply_strips(packed + block / kTileRows * strip, strip, end - block, depth, weights,
                            step, width, before, at > 0 ? j.n : 0, y, j.n);
        }
    }
    if (last == j.k && j.activation != Activation::None) {
        for (int64_t r = top; r < bottom; ++r) {
            float* row = j.y + r * j.n + column;
            kernels::activate(row, row, width, j.activation);
        }
    }
}

void many_rows(const Tensor& x, const Job& j) {
    const int64_t depth = j.blocks.depth;
    const int64_t slab = std::max<int64_t>(
        1, kSlabBytes / (j.strips * kTileRows * depth * static_cast<int64_t>(sizeof(float))));
    const int64_t step = std::min(slab, pieces(j.k, depth)) * depth;
    Tensor packed(Shape{step * j.strips * kTileRows});
    // Pieces of columns, and of rows where the columns do not keep the threads busy.
    const int64_t columns = pieces(j.n, j.blocks.panels * kPanel);
    const int64_t parts =
        std::clamp<int64_t>(pieces(2 * threads(), columns), 1, pieces(j.m, kBlockRows));
    const int64_t part = pieces(pieces(j.m, parts), kTileRows) * kTileRows;
    for (int64_t first = 0; first < j.k; first += step) {
        const int64_t last = std::min(first + step, j.k);
        pack_strips(x, depth, first, last, packed.f32());
        parallel_for(columns * parts, 1, [&](int64_t begin, int64_t end) {
            for (int64_t u = begin; u < end; ++u) {
                const int64_t column = u / parts * j.blocks.panels * kPanel, top = u % parts * part;
                if (top >= j.m) continue;
                multiply_block(j, top, std::min(top + part, j.m), column,
                               std::min(j.blocks.panels, pieces(j.n - column, kPanel)), first, last,
                               packed.f32());
            }
        });
    }
}

// Four rows of W at a time against all rows of x.
void few_rows(const Tensor& x, const Job& j) {
    constexpr int64_t kRun = 4096;  // values of a row that are widened at a time
    parallel_for(pieces(j.n, 4), 8, [&](int64_t begin, int64_t end) {
        Scratch& scratch = thread_scratch();
        scratch.begin(4 * kRun);
        float* wide = scratch.take(4 * kRun);
        for (int64_t n = begin * 4; n < std::min(end * 4, j.n); n += 4) {
            const int64_t count = std::min<int64_t>(4, j.n - n);
            float sums[kFewRows * 4] = {};
            for (int64_t at = 0; at < j.k; at += kRun) {
                const int64_t run = std::min(kRun, j.k - at);
                if (j.w.type == DType::F32 && count == 4) {
                    const auto* rows = j.w.tensor.f32() + n * j.k + at;
                    four_dots(rows, j.k, x.f32() + at, j.k, j.m, run, sums);
                    continue;
                }
                for (int64_t i = 0; i < 4; ++i)
                    j.w.read(n + std::min(i, count - 1), at, run, wide + i * kRun);
                four_dots(wide, kRun, x.f32() + at, j.k, j.m, run, sums);
            }
            for (int64_t r = 0; r < j.m; ++r) {
                for (int64_t i = 0; i < count; ++i)
                    j.y[r * j.n + n + i] = sums[r * 4 + i] + (j.bias ? j.bias[n + i] : 0.0f);
            }
        }
    });
    if (j.activation != Activation::None) kernels::activate(j.y, j.y, j.m * j.n, j.activation);
}

}  // namespace

void gemm(const Tensor& x, const Tensor& weight, const float* bias, Activation activation,
          Tensor& y) {
    const Job j = {{weight, weight.dtype(), weight.dim(0), weight.dim(1)},
                   bias,
                   activation,
                   y.f32(),
                   x.dim(0),
                   weight.dim(0),
                   weight.dim(1),
                   pieces(x.dim(0), kTileRows),
                   chosen_blocks()};
    if (j.k == 0) {
        for (int64_t i = 0; i < j.m * j.n; ++i) j.y[i] = bias ? bias[i % j.n] : 0.0f;
        kernels::activate(j.y, j.y, j.m * j.n, activation);
    } else if (j.m <= kFewRows) {
        few_rows(x, j);
    } else {
        many_rows(x, j);
    }
}

}  // namespace tensor
