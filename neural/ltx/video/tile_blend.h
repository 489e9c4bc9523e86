// Cutting an axis into overlapping tiles and adding their results up with weights that sum to one.
#pragma once

#include <array>
#include <vector>

#include "tensor/core/tensor.h"

namespace neural::ltx {

// Positions [begin, end) of an axis.
struct TileSpan {
    int64_t begin = 0, end = 0;
    // Per position of the tile, each repeated `factor` times on the finer side; over all tiles they
    // sum to one at every position. Linear ramps over the overlaps.
    std::vector<float> weights;
};

// Tiles of at most `size` > `overlap` positions that cover [0, length), as few and as even as
// possible, neighbours sharing `overlap`. `weights` are for the axis `factor` times as long.
std::vector<TileSpan> tile_spans(int64_t length, int64_t size, int64_t overlap, int64_t factor);

// picture [B,T,H,W,C] += tile [B,t,h,w,C] at frame, row, column; weights [t] (null: ones), [h],
// [w].
struct TilePlace {
    int64_t begin = 0;
    const std::vector<float>* weights = nullptr;
};
void blend_tile(tensor::Tensor& picture, const tensor::Tensor& tile,
                const std::array<TilePlace, 3>& place);

}  // namespace neural::ltx
