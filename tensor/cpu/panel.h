// Bringing rows into the order that tiles want (tile.h).
#pragma once

#include <cstdint>

namespace tensor {

constexpr int64_t kTileRows = 6;  // rows of the left factor that lie together: a strip
constexpr int64_t kPanel = 16;    // columns of the right factor that lie together: a panel

// `count` <= 16 rows of `depth` values, `stride` apart, become columns of a panel:
// panel[d * 16 + j] = rows[j][d]; missing rows become 0.
void pack_panel(const float* rows, int64_t stride, int64_t count, int64_t depth, float* panel);

// `count` <= 6 rows given by address, times `scale`, to strip[d * 6 + i]; missing rows become 0.
void pack_strip(const float* const* rows, int64_t count, int64_t depth, float scale, float* strip);

}  // namespace tensor
