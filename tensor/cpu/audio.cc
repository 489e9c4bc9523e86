// Operators of audio nets. The activation between its two filters is computed a block of channels
// and a stretch of time at a time, so that the doubled signal never leaves the nearest cache.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/math.h"

namespace tensor {
namespace {

constexpr int64_t kChannels = 16;  // of a block: a vector of the widest instruction set
constexpr int64_t kStretch = 128;  // output samples at a time
constexpr int64_t kMaxTaps = 64;

// rows [count + 2 half][kChannels], the input with `half` samples around, to fine
// [2 count + 2 half][kChannels]; row r of `fine` is sample 2 first - half + r of the doubled
// signal, row r of `rows` sample first - half + r. `taps` = 2 half.
AOZORA_INLINE void snake_fine_body(const float* rows, float* fine, int64_t count, int64_t half,
                                   const float* up, const float* a, const float* b) {
    for (int64_t r = 0; r < 2 * count + 2 * half; ++r) {
        // Doubled sample n = 2 first - half + r takes m with 0 <= n + half - 1 - 2m < 2 half.
        const int64_t n = r - half;  // relative to 2 first
        const int64_t top = n + half - 1;
        const int64_t newest = top >= 0 ? top / 2 : -((1 - top) / 2);  // floor(top / 2)
        float u[kChannels] = {};
        int64_t tap = top - 2 * newest;  // 0 or 1
        for (int64_t m = newest; tap < 2 * half; --m, tap += 2) {
            const float weight = 2.0f * up[tap];
            const float* row = rows + (m + half) * kChannels;
            for (int64_t c = 0; c < kChannels; ++c) u[c] += weight * row[c];
        }
        float* out = fine + r * kChannels;
        for (int64_t c = 0; c < kChannels; ++c) {
            const float s = fast_sin(a[c] * u[c]);
            out[c] = u[c] + s * s * b[c];
        }
    }
}
AOZORA_INLINE void snake_down_body(const float* fine, float* out, int64_t count, int64_t half,
                                   const float* down) {
    // y[j] = sum_i s[2j + i - (half - 1)] down[i]; s[2 first - half] is row 0.
    for (int64_t j = 0; j < count; ++j) {
        float sum[kChannels] = {};
        for (int64_t i = 0; i < 2 * half; ++i) {
            const float* row = fine + (2 * j + i + 1) * kChannels;
            for (int64_t c = 0; c < kChannels; ++c) sum[c] += down[i] * row[c];
        }
        for (int64_t c = 0; c < kChannels; ++c) out[j * kChannels + c] = sum[c];
    }
}
AOZORA_INLINE void magnitude_row_body(const float* x, float* y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = __builtin_sqrtf(x[i] * x[i] + x[n + i] * x[n + i]);
}

AOZORA_KERNEL(snake_fine,
              (const float* rows, float* fine, int64_t count, int64_t half, const float* up,
               const float* a, const float* b),
              (rows, fine, count, half, up, a, b))
AOZORA_KERNEL(snake_down,
              (const float* fine, float* out, int64_t count, int64_t half, const float* down),
              (fine, out, count, half, down))
AOZORA_KERNEL(magnitude_row, (const float* x, float* y, int64_t n), (x, y, n))

}  // namespace

void CpuBackend::snake(const Tensor& x, const SnakeOptions& o, Tensor& y) {
    const int64_t length = x.dim(1), channels = x.dim(2), half = o.up.elements() / 2;
    const int64_t blocks = (channels + kChannels - 1) / kChannels;
    const int64_t stretches = (length + kStretch - 1) / kStretch;
    float* result = y.f32();
    parallel_for(x.dim(0) * stretches * blocks, 1, [&](int64_t begin, int64_t end) {
        std::vector<float> rows(static_cast<size_t>((kStretch + kMaxTaps) * kChannels));
        std::vector<float> fine(static_cast<size_t>((2 * kStretch + kMaxTaps) * kChannels));
        std::vector<float> out(static_cast<size_t>(kStretch * kChannels));
        for (int64_t item = begin; item < end; ++item) {
            const int64_t block = item % blocks, stretch = item / blocks % stretches;
            const int64_t batch = item / (blocks * stretches);
            const int64_t first = stretch * kStretch, count = std::min(kStretch, length - first);
            const int64_t c0 = block * kChannels, width = std::min(kChannels, channels - c0);
            float a[kChannels] = {}, b[kChannels] = {};
            for (int64_t c = 0; c < width; ++c) {
                const float alpha = o.alpha.f32()[c0 + c], beta = o.beta.f32()[c0 + c];
                a[c] = o.log_scale ? std::exp(alpha) : alpha;
                b[c] = 1.0f / ((o.log_scale ? std::exp(beta) : beta) + 1e-9f);
            }
            const float* in = x.f32() + batch * length * channels + c0;
            for (int64_t r = 0; r < count + 2 * half; ++r) {
                const int64_t at = std::clamp<int64_t>(first - half + r, 0, length - 1);
                float* row = rows.data() + r * kChannels;
                for (int64_t c = 0; c < width; ++c) row[c] = in[at * channels + c];
                for (int64_t c = width; c < kChannels; ++c) row[c] = 0;
            }
            snake_fine(rows.data(), fine.data(), count, half, o.up.f32(), a, b);
            // Beyond the ends the doubled signal stays at its end values.
            const int64_t total = 2 * count + 2 * half;
            const int64_t begins = half - 2 * first, ends = 2 * (length - first) + half - 1;
            for (int64_t r = 0; r < std::min(begins, total); ++r) {
                std::copy_n(fine.data() + begins * kChannels, kChannels,
                            fine.data() + r * kChannels);
            }
            for (int64_t r = ends + 1; r < total; ++r) {
                std::copy_n(fine.data() + ends * kChannels, kChannels, fine.data() + r * kChannels);
            }
            snake_down(fine.data(), out.data(), count, half, o.down.f32());
            float* target = result + (batch * length + first) * channels + c0;
            for (int64_t j = 0; j < count; ++j) {
                for (int64_t c = 0; c < width; ++c)
                    target[j * channels + c] = out[static_cast<size_t>(j * kChannels + c)];
            }
        }
    });
}

void CpuBackend::magnitude(const Tensor& x, Tensor& y) {
    const int64_t width = y.dim(-1);
    float* out = y.f32();
    parallel_for(y.elements() / std::max<int64_t>(width, 1), 16, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r)
            magnitude_row(x.f32() + 2 * r * width, out + r * width, width);
    });
}

void CpuBackend::log_floor(const Tensor& x, float floor, Tensor& y) {
    float* out = y.f32();
    parallel_for(x.elements(), 4096, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) out[i] = std::log(std::max(x.f32()[i], floor));
    });
}

}  // namespace tensor
