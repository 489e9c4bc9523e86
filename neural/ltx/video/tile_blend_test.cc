#include "neural/ltx/video/tile_blend.h"

#include <gtest/gtest.h>

using namespace neural::ltx;

namespace {

TEST(TileBlend, TilesCoverTheAxisOverlapAsAskedAndWeighOne) {
    for (int64_t length = 1; length < 40; ++length) {
        for (int64_t size = 1; size < 12; ++size) {
            for (int64_t overlap = 0; overlap < size; ++overlap) {
                const auto spans = tile_spans(length, size, overlap, 3);
                std::vector<float> sums(static_cast<size_t>(3 * length), 0.0f);
                for (size_t i = 0; i < spans.size(); ++i) {
                    const TileSpan& s = spans[i];
                    ASSERT_LE(s.end - s.begin, size);
                    ASSERT_GT(s.end - s.begin, i + 1 < spans.size() ? overlap : 0);
                    if (i > 0) {
                        ASSERT_EQ(spans[i - 1].end - s.begin, overlap);
                    }
                    for (size_t k = 0; k < s.weights.size(); ++k)
                        sums[static_cast<size_t>(3 * s.begin) + k] += s.weights[k];
                }
                ASSERT_EQ(spans.front().begin, 0);
                ASSERT_EQ(spans.back().end, length);
                for (const float sum : sums) ASSERT_NEAR(sum, 1.0f, 1e-6f);
            }
        }
    }
}

TEST(TileBlend, APictureOfTilesOfOnesIsOne) {
    tensor::Tensor picture = tensor::Tensor::zeros({2, 3, 10, 9, 2});
    const auto rows = tile_spans(10, 4, 1, 1), columns = tile_spans(9, 9, 3, 1);
    for (const TileSpan& r : rows) {
        for (const TileSpan& c : columns) {
            const auto tile =
                tensor::Tensor::full({2, 3, r.end - r.begin, c.end - c.begin, 2}, 1.0f);
            blend_tile(picture, tile, {{{}, {r.begin, &r.weights}, {c.begin, &c.weights}}});
        }
    }
    for (const float v : picture.to_vector()) ASSERT_NEAR(v, 1.0f, 1e-6f);
}

}  // namespace
