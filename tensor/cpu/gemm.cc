#include "tensor/cpu/gemm.h"

#include <algorithm>

#include "tensor/core/parallel.h"
#include "tensor/cpu/kernels.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/products.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

// Blocks after Goto & van de Geijn (2008): a panel of kDepth x 16 weights stays in the first cache
// while the strips of kBlockRows rows, in the second, pass by.
constexpr int64_t kDepth = 256;       // a multiple of every storage type's block
constexpr int64_t kBlockRows = 192;   // a multiple of kTileRows
constexpr int64_t kBlockPanels = 16;  // panels of weights that are widened together
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

// x, or a range of its columns that is a whole number of kDepth, as strips of six rows:
// [k block][strip][kDepth][6].
void pack_strips(const Tensor& x, int64_t first, int64_t last, float* packed) {
    const int64_t m = x.dim(0), k = x.dim(1), strips = pieces(m, kTileRows),
                  blocks = pieces(last - first, kDepth);
    parallel_for(blocks * strips, 16, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t at = first + u / strips * kDepth, row = u % strips * kTileRows;
            const float* rows[kTileRows];
            const int64_t count = std::min(kTileRows, m - row);
            for (int64_t i = 0; i < count; ++i) rows[i] = x.f32() + (row + i) * k + at;
            pack_strip(rows, count, std::min(kDepth, last - at), 1.0f,
                       packed + u * kDepth * kTileRows);
        }
    });
}

// Weights [at, at + depth) of `panels` panels from row n.
void pack_weights(const Weight& w, int64_t n, int64_t panels, int64_t at, int64_t depth,
                  float* wide, float* packed) {
    for (int64_t p = 0; p < panels; ++p, n += kPanel, packed += kDepth * kPanel) {
        const int64_t count = std::clamp<int64_t>(w.rows - n, 0, kPanel);
        if (w.type == DType::F32) {
            const auto* rows = w.tensor.f32() + n * w.depth + at;
            pack_panel(rows, w.depth, count, depth, packed);
            continue;
        }
        for (int64_t j = 0; j < count; ++j) w.read(n + j, at, depth, wide + j * kDepth);
        pack_panel(wide, kDepth, count, depth, packed);
    }
}

struct Job {
    Weight w;
    const float* bias;
    Activation activation;
    float* y;
    int64_t m, n, k, strips;
};

// Rows [top, bottom) of y (`top` a multiple of kTileRows) in columns of `panels` panels from
// `column`, for x's columns [first, last), whose strips begin at `packed`.
void multiply_block(const Job& j, int64_t top, int64_t bottom, int64_t column, int64_t panels,
                    int64_t first, int64_t last, const float* packed) {
    Scratch& scratch = thread_scratch();
    scratch.begin(kBlockPanels * kDepth * kPanel + kPanel * kDepth);
    float* weights = scratch.take(kBlockPanels * kDepth * kPanel);
    float* wide = scratch.take(kPanel * kDepth);
    const int64_t width = std::min(panels * kPanel, j.n - column);
    if (first == 0 && j.bias) {
        for (int64_t r = top; r < bottom; ++r)
            std::copy_n(j.bias + column, width, j.y + r * j.n + column);
    }
    for (int64_t at = first; at < last; at += kDepth, packed += j.strips * kDepth * kTileRows) {
        const int64_t depth = std::min(kDepth, last - at);
        pack_weights(j.w, column, panels, at, depth, wide, weights);
        const bool add = at > 0 || j.bias;
        for (int64_t block = top; block < bottom; block += kBlockRows) {
            const int64_t end = std::min(block + kBlockRows, bottom);
            multiply_strips(packed + block * kDepth, kDepth * kTileRows, end - block, depth,
                            weights, kDepth * kPanel, width, add, j.y + block * j.n + column, j.n);
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
    const int64_t slab = std::max<int64_t>(
        1, kSlabBytes / (j.strips * kTileRows * kDepth * static_cast<int64_t>(sizeof(float))));
    const int64_t step = std::min(slab, pieces(j.k, kDepth)) * kDepth;
    Tensor packed(Shape{step * j.strips * kTileRows});
    // Pieces of columns, and of rows where the columns do not keep the threads busy.
    const int64_t columns = pieces(j.n, kBlockPanels * kPanel);
    const int64_t parts =
        std::clamp<int64_t>(pieces(2 * threads(), columns), 1, pieces(j.m, kBlockRows));
    const int64_t part = pieces(pieces(j.m, parts), kTileRows) * kTileRows;
    for (int64_t first = 0; first < j.k; first += step) {
        const int64_t last = std::min(first + step, j.k);
        pack_strips(x, first, last, packed.f32());
        parallel_for(columns * parts, 1, [&](int64_t begin, int64_t end) {
            for (int64_t u = begin; u < end; ++u) {
                const int64_t column = u / parts * kBlockPanels * kPanel, top = u % parts * part;
                if (top >= j.m) continue;
                multiply_block(j, top, std::min(top + part, j.m), column,
                               std::min(kBlockPanels, pieces(j.n - column, kPanel)), first, last,
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
                   pieces(x.dim(0), kTileRows)};
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
