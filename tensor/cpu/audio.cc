// Operators of audio nets. The activation between its two filters is computed a block of channels
// and a stretch of time at a time, so that the doubled signal never leaves the nearest cache.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/lanes.h"

namespace tensor {
namespace {

constexpr int64_t kChannels = 16;  // of a block: a vector of the widest instruction set
constexpr int64_t kStretch = 128;  // output samples at a time
constexpr int64_t kMaxTaps = 64;

// x to sin(x)^2: fast_sin of math.h for a whole vector; the square needs no sign.
template <typename Vector>
AOZORA_INLINE void square_of_sine(Vector& x) {
    const float magic = 12582912.0f;
    const Vector n = (x * 0.318309886183790672f + magic) - magic;
    Vector r = x - n * 3.140625f;
    r = r - n * 9.67502593994140625e-4f;
    r = r - n * 1.509957990978376e-7f;
    const Vector r2 = r * r;
    const Vector p =
        ((r2 * 2.6000548e-6f - 1.9808702e-4f) * r2 + 8.3330243e-3f) * r2 - 1.6666656e-1f;
    x = r + r * r2 * p;
    x *= x;
}

// rows [count + 2 half][kChannels], the input with `half` samples around, to fine
// [2 count + 2 half][kChannels]; row r of `fine` is sample 2 first - half + r of the doubled
// signal, row r of `rows` sample first - half + r. `up` has 2 half taps.
template <int W>
AOZORA_INLINE void snake_fine_body(const float* rows, float* fine, int64_t count, int64_t half,
                                   const float* up, const float* a, const float* b) {
    using Vector = typename Lanes<W>::type;
    for (int64_t c = 0; c < kChannels; c += W) {
        Vector frequency, share;
        load_lanes<W>(frequency, a + c);
        load_lanes<W>(share, b + c);
        for (int64_t r = 0; r < 2 * count + 2 * half; ++r) {
            // Doubled sample n = 2 first - half + r takes m with 0 <= n + half - 1 - 2m < 2 half.
            const int64_t top = r - 1;  // n + half - 1, relative to 2 first
            const int64_t newest = top >= 0 ? top / 2 : -1;
            Vector u = {};
            const float* row = rows + (newest + half) * kChannels + c;
            for (int64_t tap = top - 2 * newest; tap < 2 * half; tap += 2, row -= kChannels) {
                Vector x;
                load_lanes<W>(x, row);
                u += x * up[tap];
            }
            u *= 2.0f;
            Vector wave = frequency * u;
            square_of_sine(wave);
            wave = u + wave * share;
            store_lanes<W>(fine + r * kChannels + c, wave);
        }
    }
}
template <int W>
AOZORA_INLINE void snake_down_body(const float* fine, float* out, int64_t count, int64_t half,
                                   const float* down) {
    using Vector = typename Lanes<W>::type;
    // y[j] = sum_i s[2j + i - (half - 1)] down[i]; s[2 first - half] is row 0.
    for (int64_t c = 0; c < kChannels; c += W) {
        for (int64_t j = 0; j < count; ++j) {
            Vector sum = {};
            const float* row = fine + (2 * j + 1) * kChannels + c;
            for (int64_t i = 0; i < 2 * half; ++i, row += kChannels) {
                Vector x;
                load_lanes<W>(x, row);
                sum += x * down[i];
            }
            store_lanes<W>(out + j * kChannels + c, sum);
        }
    }
}
AOZORA_INLINE void magnitude_row_body(const float* x, float* y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = __builtin_sqrtf(x[i] * x[i] + x[n + i] * x[n + i]);
}

AOZORA_KERNEL_BY_WIDTH(snake_fine,
                       (const float* rows, float* fine, int64_t count, int64_t half,
                        const float* up, const float* a, const float* b),
                       (rows, fine, count, half, up, a, b))
AOZORA_KERNEL_BY_WIDTH(snake_down,
                       (const float* fine, float* out, int64_t count, int64_t half,
                        const float* down),
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
