#include "tensor/cpu/winograd.h"

#include <algorithm>
#include <array>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/products.h"
#include "tensor/cpu/winograd_tile.h"

namespace tensor {
namespace {

constexpr int64_t kLeastChannels = 64, kLeastFilters = 32, kLeastPixels = 1024;
constexpr int64_t kMostWeightBytes = 128 << 20;
constexpr int64_t kDepth = 256;      // channels of a panel that stay in the first cache
constexpr int64_t kBlockTiles = 96;  // a multiple of kTileRows; see winograd_conv

int64_t pieces(int64_t n, int64_t step) { return (n + step - 1) / step; }

// [plane][tap in time][panel of filters][channel][16].
struct Filters {
    int64_t taps, panels, channels;
    Tensor values;
    const float* at(int64_t plane, int64_t tap) const {
        return values.f32() + (plane * taps + tap) * panels * channels * kPanel;
    }
};

// G g G^T per filter, channel and tap, in double.
std::shared_ptr<Filters> transform(const Tensor& weight) {
    constexpr double kRoot = 1.4142135623730951;
    static constexpr double kG[6][3] = {{1, 0, 0},
                                        {-2.0 / 3, -kRoot / 3, -1.0 / 3},
                                        {-2.0 / 3, kRoot / 3, -1.0 / 3},
                                        {1.0 / 6, kRoot / 6, 1.0 / 3},
                                        {1.0 / 6, -kRoot / 6, 1.0 / 3},
                                        {0, 0, 1}};
    const Tensor wide = weight.widened();
    const int64_t n = weight.dim(0), c = weight.dim(1), taps = weight.dim(2);
    auto f = std::make_shared<Filters>(Filters{taps, pieces(n, kPanel), c, {}});
    f->values = Tensor(Shape{kWinogradPlanes, taps, f->panels, c, kPanel});
    float* to = f->values.f32();
    parallel_for(f->panels * c, 16, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t panel = u / c, channel = u % c;
            for (int64_t tap = 0; tap < taps; ++tap) {
                for (int64_t j = 0; j < kPanel; ++j) {
                    const int64_t filter = panel * kPanel + j;
                    double half[6][3] = {}, whole[6][6] = {};
                    if (filter < n) {
                        const float* g = wide.f32() + ((filter * c + channel) * taps + tap) * 9;
                        for (int a = 0; a < 6; ++a) {
                            for (int b = 0; b < 3; ++b) {
                                for (int i = 0; i < 3; ++i) half[a][b] += kG[a][i] * g[3 * i + b];
                            }
                            for (int b = 0; b < 6; ++b) {
                                for (int i = 0; i < 3; ++i) whole[a][b] += half[a][i] * kG[b][i];
                            }
                        }
                    }
                    for (int64_t k = 0; k < kWinogradPlanes; ++k) {
                        to[(((k * taps + tap) * f->panels + panel) * c + channel) * kPanel + j] =
                            static_cast<float>(whole[k / 6][k % 6]);
                    }
                }
            }
        }
    });
    return f;
}

// One convolution, and the tiles of a frame of its result.
struct Job {
    const float* x;
    const float* bias;
    float* y;
    int64_t frames, height, width, channels;             // of x
    int64_t out_frames, out_height, out_width, filters;  // of y
    int64_t front, top, left;                            // padding
    int64_t columns, tiles;
    const Filters* weight;
};

// Tiles [first, first + count) of frame t of x (batch b) as strips, transformed:
// [plane][strip][channel][6].
void transform_frame(const Job& j, int64_t b, int64_t t, int64_t first, int64_t count,
                     float* strips) {
    alignas(64) static constexpr float kZeros[kWinogradLanes] = {};
    alignas(64) float planes[kWinogradPlanes * kWinogradLanes];
    alignas(64) float tail[kWinogradPlanes * kWinogradLanes];
    const int64_t plane_step = pieces(count, kTileRows) * j.channels * kTileRows;
    const float* frame = j.x + (b * j.frames + t) * j.height * j.width * j.channels;
    for (int64_t tile = 0; tile < count; ++tile) {
        const int64_t row = (first + tile) / j.columns * kWinogradOut - j.top;
        const int64_t column = (first + tile) % j.columns * kWinogradOut - j.left;
        const float* pixels[kWinogradPlanes];
        bool inside[kWinogradPlanes];
        for (int64_t p = 0; p < kWinogradPlanes; ++p) {
            const int64_t h = row + p / kWinogradIn, w = column + p % kWinogradIn;
            inside[p] = h >= 0 && h < j.height && w >= 0 && w < j.width;
            pixels[p] = inside[p] ? frame + (h * j.width + w) * j.channels : kZeros;
        }
        float* to = strips + tile / kTileRows * j.channels * kTileRows + tile % kTileRows;
        for (int64_t c = 0; c < j.channels; c += kWinogradLanes) {
            const int64_t lanes = std::min(kWinogradLanes, j.channels - c);
            const float* from[kWinogradPlanes];
            for (int64_t p = 0; p < kWinogradPlanes; ++p) {
                from[p] = inside[p] ? pixels[p] + c : kZeros;
                if (lanes == kWinogradLanes || !inside[p]) continue;
                float* copy = tail + p * kWinogradLanes;
                std::fill_n(copy, kWinogradLanes, 0.0f);
                std::copy_n(from[p], lanes, copy);
                from[p] = copy;
            }
            winograd_input(from, planes);
            for (int64_t k = 0; k < kWinogradPlanes; ++k) {
                float* target = to + k * plane_step + c * kTileRows;
                for (int64_t i = 0; i < lanes; ++i)
                    target[i * kTileRows] = planes[k * kWinogradLanes + i];
            }
        }
    }
}

// Products [plane][tile][padded filters] to y.
void finish_frame(const Job& j, int64_t b, int64_t t, int64_t first, int64_t count,
                  const float* products) {
    alignas(64) float out[kWinogradOut * kWinogradOut * kWinogradLanes];
    const int64_t padded = j.weight->panels * kPanel;
    float* frame = j.y + (b * j.out_frames + t) * j.out_height * j.out_width * j.filters;
    for (int64_t tile = 0; tile < count; ++tile) {
        const int64_t row = (first + tile) / j.columns * kWinogradOut;
        const int64_t column = (first + tile) % j.columns * kWinogradOut;
        const int64_t rows = std::min(kWinogradOut, j.out_height - row);
        const int64_t columns = std::min(kWinogradOut, j.out_width - column);
        for (int64_t n = 0; n < j.filters; n += kWinogradLanes) {
            const int64_t lanes = std::min(kWinogradLanes, j.filters - n);
            winograd_output(products + tile * padded + n, count * padded, out);
            for (int64_t h = 0; h < rows; ++h) {
                for (int64_t w = 0; w < columns; ++w) {
                    const float* from = out + (h * kWinogradOut + w) * kWinogradLanes;
                    float* to = frame + ((row + h) * j.out_width + column + w) * j.filters + n;
                    if (j.bias) {
                        for (int64_t i = 0; i < lanes; ++i) to[i] = from[i] + j.bias[n + i];
                    } else {
                        std::copy_n(from, lanes, to);
                    }
                }
            }
        }
    }
}

// All frames of a block of tiles. The transformed frames that the kernel's taps still need stay in
// a ring of `taps`.
void convolve_block(const Job& j, int64_t b, int64_t first, int64_t count, float* ring,
                    float* products) {
    const Filters& f = *j.weight;
    const int64_t strip = j.channels * kTileRows, plane = pieces(count, kTileRows) * strip;
    const int64_t padded = f.panels * kPanel;
    int64_t made = 0;  // frames that are transformed
    for (int64_t t = 0; t < j.out_frames; ++t) {
        for (; made < j.frames && made <= t - j.front + f.taps - 1; ++made)
            transform_frame(j, b, made, first, count,
                            ring + made % f.taps * kWinogradPlanes * plane);
        for (int64_t k = 0; k < kWinogradPlanes; ++k) {
            float* out = products + k * count * padded;
            const float* before = nullptr;
            for (int64_t tap = 0; tap < f.taps; ++tap) {
                const int64_t at = t - j.front + tap;
                if (at < 0 || at >= j.frames) continue;
                const float* strips = ring + (at % f.taps * kWinogradPlanes + k) * plane;
                for (int64_t c = 0; c < j.channels; c += kDepth) {
                    multiply_strips(strips + c * kTileRows, strip, count,
                                    std::min(kDepth, j.channels - c), f.at(k, tap) + c * kPanel,
                                    j.channels * kPanel, padded, before, padded, out, padded);
                    before = out;
                }
            }
            if (!before) std::fill_n(out, count * padded, 0.0f);
        }
        finish_frame(j, b, t, first, count, products);
    }
}

}  // namespace

bool winograd_fits(const Tensor& x, const Tensor& weight, const ConvGeometry& g, const Tensor& y) {
    const std::array<int64_t, 3> ones{1, 1, 1};
    const int64_t c = weight.dim(1), n = weight.dim(0), taps = weight.dim(2);
    if (weight.dim(3) != 3 || weight.dim(4) != 3 || g.stride != ones || g.dilation != ones ||
        y.dim(1) < 1 || x.dim(1) < 1) {
        return false;
    }
    const int64_t bytes = kWinogradPlanes * taps * c * n * static_cast<int64_t>(sizeof(float));
    return c >= kLeastChannels && n >= kLeastFilters && bytes <= kMostWeightBytes &&
           y.dim(2) * y.dim(3) >= kLeastPixels && y.dim(2) >= 8 && y.dim(3) >= 8;
}

void winograd_conv(const Tensor& x, const Tensor& weight, const Tensor& bias, const ConvGeometry& g,
                   std::shared_ptr<void>& packed, Tensor& y) {
    if (!packed) packed = transform(weight);
    const auto* filters = static_cast<const Filters*>(packed.get());
    Job j{.x = x.f32(),
          .bias = bias.defined() ? bias.f32() : nullptr,
          .y = y.f32(),
          .frames = x.dim(1),
          .height = x.dim(2),
          .width = x.dim(3),
          .channels = x.dim(4),
          .out_frames = y.dim(1),
          .out_height = y.dim(2),
          .out_width = y.dim(3),
          .filters = y.dim(4),
          .front = g.pad_front[0],
          .top = g.pad_front[1],
          .left = g.pad_front[2],
          .columns = pieces(y.dim(3), kWinogradOut),
          .tiles = pieces(y.dim(2), kWinogradOut) * pieces(y.dim(3), kWinogradOut),
          .weight = filters};
    // Blocks of tiles are apart from each other: a thread takes one through all frames. 96 tiles
    // are enough for the weights, which pass by once a block and frame, to cost little against the
    // products, and few enough for a plane of them to stay in the second cache.
    const int64_t batch = x.dim(0);
    const int64_t fair = pieces(pieces(j.tiles * batch, 2 * threads()), kTileRows) * kTileRows;
    const int64_t block = std::clamp<int64_t>(fair, 4 * kTileRows, kBlockTiles);
    const int64_t blocks = pieces(j.tiles, block), work = batch * blocks;
    const int64_t parts = std::min<int64_t>(threads(), work);
    const int64_t ring = filters->taps * kWinogradPlanes * block * j.channels;
    const int64_t products = kWinogradPlanes * block * filters->panels * kPanel;
    Tensor memory(Shape{parts, ring + products});
    float* base = memory.f32();
    parallel_for(parts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t p = begin; p < end; ++p) {
            float* own = base + p * (ring + products);
            for (int64_t u = work * p / parts; u < work * (p + 1) / parts; ++u) {
                const int64_t first = u % blocks * block;
                convolve_block(j, u / blocks, first, std::min(block, j.tiles - first), own,
                               own + ring);
            }
        }
    });
}

}  // namespace tensor
