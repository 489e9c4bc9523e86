// PyTorch's CPU normal_: a Mersenne twister (Matsumoto & Nishimura 1998) and Box-Muller. From 16
// values on, blocks of 16 floats: eight uniform u and eight v give eight cosines and eight sines.
// Below, one double at a time with the second of each pair kept for later.
//
// The logarithm, sine and cosine are those of the Cephes library (Moshier 1989) with the constants
// and the order of Pommier's vectorised versions; std::fma stands where the compiler of the x86
// builds fuses, which was found by comparing a million values.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <random>

#include "neural/noise/noise.h"

namespace neural {
namespace {

// Natural logarithm of x in (0, 1].
float cephes_log(float x) {
    const uint32_t bits = std::bit_cast<uint32_t>(std::max(x, 1.17549435e-38f));
    float e = static_cast<float>(static_cast<int32_t>(bits >> 23) - 0x7f) + 1.0f;
    x = std::bit_cast<float>((bits & ~0x7f800000u) | 0x3f000000u);
    if (x < 0.707106781186547524f) {
        e -= 1.0f;
        x = (x - 1.0f) + x;
    } else {
        x -= 1.0f;
    }
    const float z = x * x;
    float y = 7.0376836292e-2f;
    for (const float c :
         {-1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f,
          -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f}) {
        y = std::fma(y, x, c);
    }
    y *= x;
    y = std::fma(y, z, e * -2.12194440e-4f);
    y = std::fma(-z, 0.5f, y);
    return std::fma(e, 0.693359375f, x + y);
}

// x in [0, 2 pi).
void cephes_sin_cos(float x, float* sin, float* cos) {
    const int32_t octant = (static_cast<int32_t>(x * 1.27323954473516f) + 1) & ~1;
    const auto y = static_cast<float>(octant);
    x = std::fma(y, -0.78515625f, x);
    x = std::fma(y, -2.4187564849853515625e-4f, x);
    x = std::fma(y, -3.77489497744594108e-8f, x);
    const float z = x * x;
    float c = std::fma(2.443315711809948e-5f, z, -1.388731625493765e-3f);
    c = std::fma(c, z, 4.166664568298827e-2f) * z;
    c = std::fma(c, z, -(z * 0.5f)) + 1.0f;
    float s = std::fma(-1.9515295891e-4f, z, 8.3321608736e-3f);
    s = std::fma(s, z, -1.6666654611e-1f) * z;
    s = std::fma(s, x, x);
    const bool swap = (octant & 2) != 0;
    const float sine = swap ? c : s, cosine = swap ? s : c;
    *sin = (octant & 4) != 0 ? -sine : sine;
    *cos = (~(octant - 2) & 4) != 0 ? -cosine : cosine;
}

class TorchNoise final : public NoiseSource {
public:
    // The engine takes the low 32 bits of a seed.
    explicit TorchNoise(uint64_t seed) : engine_(static_cast<uint32_t>(seed)) {}

    tensor::Tensor normal(const tensor::Shape& shape) override {
        tensor::Tensor t(shape);
        float* out = t.f32();
        const int64_t n = t.elements();
        if (n < 16) {
            for (int64_t i = 0; i < n; ++i) out[i] = static_cast<float>(one());
            return t;
        }
        for (int64_t i = 0; i < n; ++i) out[i] = uniform_float();
        for (int64_t i = 0; i + 16 <= n; i += 16) box_muller(out + i);
        if (n % 16 != 0) {  // the last 16 are drawn again
            for (int64_t i = n - 16; i < n; ++i) out[i] = uniform_float();
            box_muller(out + n - 16);
        }
        return t;
    }

private:
    float uniform_float() { return static_cast<float>(engine_() & 0xffffffu) * 0x1p-24f; }

    double uniform_double() {
        const uint64_t high = engine_(), low = engine_();
        return static_cast<double>(((high << 32) | low) & ((uint64_t{1} << 53) - 1)) * 0x1p-53;
    }

    static void box_muller(float* block) {
        for (int i = 0; i < 8; ++i) {
            const float radius = std::sqrt(-2.0f * cephes_log(1.0f - block[i]));
            const float angle = (2.0f * std::numbers::pi_v<float>)*block[i + 8];
            float sin, cos;
            cephes_sin_cos(angle, &sin, &cos);
            block[i] = radius * cos;
            block[i + 8] = radius * sin;
        }
    }

    double one() {
        if (kept_) {
            const double value = *kept_;
            kept_.reset();
            return value;
        }
        const double u = uniform_double(), v = uniform_double();
        const double radius = std::sqrt(-2.0 * std::log1p(-v));
        const double angle = 2.0 * std::numbers::pi * u;
        kept_ = radius * std::sin(angle);
        return radius * std::cos(angle);
    }

    std::mt19937 engine_;
    std::optional<double> kept_;
};

}  // namespace

std::unique_ptr<NoiseSource> torch_noise(uint64_t seed) {
    return std::make_unique<TorchNoise>(seed);
}

}  // namespace neural
