#include "neural/noise/counter.h"

#include <cmath>
#include <numbers>

#include "neural/noise/noise.h"
#include "tensor/core/parallel.h"

namespace neural {

std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> c, std::array<uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const uint64_t a = uint64_t{0xD2511F53} * c[0], b = uint64_t{0xCD9E8D57} * c[2];
        c = {static_cast<uint32_t>(b >> 32) ^ c[1] ^ key[0], static_cast<uint32_t>(b),
             static_cast<uint32_t>(a >> 32) ^ c[3] ^ key[1], static_cast<uint32_t>(a)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return c;
}

namespace {

class CounterNoise final : public NoiseSource {
public:
    explicit CounterNoise(uint64_t seed)
        : key_{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)} {}

    tensor::Tensor normal(const tensor::Shape& shape) override {
        tensor::Tensor t(shape);
        float* out = t.f32();
        const int64_t n = t.elements();
        const uint64_t draw = draw_++;
        tensor::parallel_for((n + 3) / 4, 1024, [&](int64_t begin, int64_t end) {
            for (int64_t block = begin; block < end; ++block) {
                const auto at = static_cast<uint64_t>(block);
                const auto words =
                    philox4x32({static_cast<uint32_t>(at), static_cast<uint32_t>(at >> 32),
                                static_cast<uint32_t>(draw), static_cast<uint32_t>(draw >> 32)},
                               key_);
                float values[4];
                for (int pair = 0; pair < 2; ++pair) {
                    const double u = (words[2 * pair] + 1.0) * 0x1p-32;
                    const double angle = 2 * std::numbers::pi * (words[2 * pair + 1] * 0x1p-32);
                    const double radius = std::sqrt(-2 * std::log(u));
                    values[2 * pair] = static_cast<float>(radius * std::cos(angle));
                    values[2 * pair + 1] = static_cast<float>(radius * std::sin(angle));
                }
                for (int64_t i = 4 * block; i < n && i < 4 * block + 4; ++i)
                    out[i] = values[i - 4 * block];
            }
        });
        return t;
    }

private:
    std::array<uint32_t, 2> key_;
    uint64_t draw_ = 0;
};

}  // namespace

std::unique_ptr<NoiseSource> counter_noise(uint64_t seed) {
    return std::make_unique<CounterNoise>(seed);
}

base::Result<std::unique_ptr<NoiseSource>> noise_of(const std::string& generator, uint64_t seed) {
    if (generator == "own") return counter_noise(seed);
    if (generator == "torch") return torch_noise(seed);
    return base::usage_error("noise must be own or torch, not " + generator);
}

}  // namespace neural
