#include "neural/ltx/video/tile_blend.h"

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace neural::ltx {

std::vector<TileSpan> tile_spans(int64_t length, int64_t size, int64_t overlap, int64_t factor) {
    CHECK(length >= 1 && overlap >= 0 && size > overlap && factor >= 1, "tiles that move on");
    const int64_t count =
        size >= length ? 1 : (length - overlap + size - overlap - 1) / (size - overlap);
    const int64_t total = length + (count - 1) * overlap;
    std::vector<TileSpan> spans;
    for (int64_t i = 0; i < count; ++i) {
        const int64_t begin = i == 0 ? 0 : spans.back().end - overlap;
        spans.push_back({begin, begin + total * (i + 1) / count - total * i / count, {}});
    }
    std::vector<float> sums(static_cast<size_t>(length * factor), 0.0f);
    const int64_t fade = overlap * factor;
    for (int64_t i = 0; i < count; ++i) {
        TileSpan& s = spans[static_cast<size_t>(i)];
        const int64_t n = (s.end - s.begin) * factor;
        for (int64_t k = 0; k < n; ++k) {
            float weight = 1;
            if (i > 0 && k < fade)
                weight *= (static_cast<float>(k) + 0.5f) / static_cast<float>(fade);
            if (i + 1 < count && n - 1 - k < fade)
                weight *= (static_cast<float>(n - 1 - k) + 0.5f) / static_cast<float>(fade);
            s.weights.push_back(weight);
            sums[static_cast<size_t>(s.begin * factor + k)] += weight;
        }
    }
    // Exact ones, also where more than two tiles meet.
    for (TileSpan& s : spans) {
        for (size_t k = 0; k < s.weights.size(); ++k)
            s.weights[k] /= sums[static_cast<size_t>(s.begin * factor) + k];
    }
    return spans;
}

void blend_tile(tensor::Tensor& picture, const tensor::Tensor& tile,
                const std::array<TilePlace, 3>& place) {
    const int64_t T = tile.dim(1), H = tile.dim(2), W = tile.dim(3), C = tile.dim(4);
    for (int i = 0; i < 3; ++i) {
        CHECK(place[i].begin + tile.dim(1 + i) <= picture.dim(1 + i) &&
                  (!place[i].weights ||
                   static_cast<int64_t>(place[i].weights->size()) == tile.dim(1 + i)),
              "a tile within the picture");
    }
    const auto weight = [&](int axis, int64_t i) {
        return place[axis].weights ? (*place[axis].weights)[static_cast<size_t>(i)] : 1.0f;
    };
    float* out = picture.f32();
    tensor::parallel_for(tile.dim(0) * T * H, 64, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            const int64_t h = r % H, t = r / H % T, b = r / (H * T);
            const float row = weight(0, t) * weight(1, h);
            const float* from = tile.f32() + r * W * C;
            const int64_t at =
                ((b * picture.dim(1) + place[0].begin + t) * picture.dim(2) + place[1].begin + h) *
                    picture.dim(3) +
                place[2].begin;
            float* to = out + at * C;
            for (int64_t w = 0; w < W; ++w) {
                const float share = row * weight(2, w);
                for (int64_t c = 0; c < C; ++c) to[w * C + c] += share * from[w * C + c];
            }
        }
    });
}

}  // namespace neural::ltx
