#include "neural/ltx/audio/mel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include "tensor/core/parallel.h"

namespace neural::ltx {

using tensor::Shape;
using tensor::Tensor;

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRolloff = 0.99, kCrossings = 6;

// In-place radix-2 transform (Cooley & Tukey 1965), e^(-2 pi i k n / N); the size is a power of
// two.
class Fourier {
public:
    explicit Fourier(size_t n) : n_(n), turns_(n / 2), order_(n) {
        for (size_t i = 0; i < n / 2; ++i)
            turns_[i] = std::polar(1.0, -2 * kPi * static_cast<double>(i) / static_cast<double>(n));
        const int bits = std::countr_zero(n);
        for (size_t i = 0; i < n; ++i) {
            for (int b = 0; b < bits; ++b) order_[i] |= (i >> b & 1) << (bits - 1 - b);
        }
    }
    void operator()(std::vector<std::complex<double>>& x) const {
        for (size_t i = 0; i < n_; ++i) {
            if (order_[i] > i) std::swap(x[i], x[order_[i]]);
        }
        for (size_t half = 1; half < n_; half *= 2) {
            for (size_t start = 0; start < n_; start += 2 * half) {
                for (size_t k = 0; k < half; ++k) {
                    const std::complex<double> a = x[start + k];
                    const std::complex<double> b =
                        x[start + k + half] * turns_[k * (n_ / (2 * half))];
                    x[start + k] = a + b;
                    x[start + k + half] = a - b;
                }
            }
        }
    }

private:
    size_t n_;
    std::vector<std::complex<double>> turns_;
    std::vector<size_t> order_;
};

// Slaney's mel scale (Auditory Toolbox): linear to 1 kHz, logarithmic above.
constexpr double kLinear = 200.0 / 3, kKnee = 1000;
const double kStep = std::log(6.4) / 27;
double to_mel(double hz) {
    return hz < kKnee ? hz / kLinear : kKnee / kLinear + std::log(hz / kKnee) / kStep;
}
double to_hz(double mel) {
    const double knee = kKnee / kLinear;
    return mel < knee ? mel * kLinear : kKnee * std::exp((mel - knee) * kStep);
}

}  // namespace

base::Result<std::vector<float>> resample(std::span<const float> samples, int64_t from_rate,
                                          int64_t to_rate) {
    for (const int64_t rate : {from_rate, to_rate}) {
        if (rate < 1000 || rate > 384000) {
            return base::usage_error("a sample rate must lie between 1000 and 384000 Hz, not " +
                                     std::to_string(rate));
        }
    }
    if (from_rate == to_rate) return std::vector<float>(samples.begin(), samples.end());
    const int64_t common = std::gcd(from_rate, to_rate);
    const int64_t from = from_rate / common, to = to_rate / common;
    // Cut-off, as a share of the input's rate.
    const double cut =
        static_cast<double>(std::min(from, to)) * kRolloff / static_cast<double>(from);
    const auto reach = static_cast<int64_t>(std::ceil(kCrossings / cut));
    const auto length = static_cast<int64_t>(samples.size());
    const int64_t count = (length * to + from - 1) / from;
    // Output n lies at input position n from / to; its weights depend on n mod to alone.
    const int64_t taps = 2 * reach + 2;
    std::vector<double> weights(static_cast<size_t>(to * taps));
    for (int64_t phase = 0; phase < to; ++phase) {
        const int64_t first = phase * from / to - reach;
        for (int64_t k = 0; k < taps; ++k) {
            const double t = (static_cast<double>(first + k) -
                              static_cast<double>(phase * from) / static_cast<double>(to)) *
                             cut;
            if (std::abs(t) >= kCrossings) continue;
            const double window = std::cos(t * kPi / kCrossings / 2);
            const double sinc = t == 0 ? 1.0 : std::sin(kPi * t) / (kPi * t);
            weights[static_cast<size_t>(phase * taps + k)] = sinc * window * window * cut;
        }
    }
    std::vector<float> out(static_cast<size_t>(count));
    tensor::parallel_for(count, 256, [&](int64_t begin, int64_t end) {
        for (int64_t n = begin; n < end; ++n) {
            const int64_t phase = n % to, first = n / to * from + phase * from / to - reach;
            double sum = 0;
            for (int64_t k = std::max<int64_t>(0, -first); k < taps && first + k < length; ++k) {
                sum += weights[static_cast<size_t>(phase * taps + k)] *
                       samples[static_cast<size_t>(first + k)];
            }
            out[static_cast<size_t>(n)] = static_cast<float>(sum);
        }
    });
    return out;
}

Tensor mel_bands(const MelSpec& spec) {
    const int64_t bins = spec.window / 2 + 1;
    std::vector<double> edges(static_cast<size_t>(spec.bands + 2));
    const double low = to_mel(spec.low_hz), high = to_mel(spec.high_hz);
    for (size_t i = 0; i < edges.size(); ++i) {
        edges[i] = to_hz(low + (high - low) * static_cast<double>(i) /
                                   static_cast<double>(spec.bands + 1));
    }
    Tensor bands(Shape{spec.bands, bins});
    for (int64_t b = 0; b < spec.bands; ++b) {
        const double left = edges[static_cast<size_t>(b)],
                     centre = edges[static_cast<size_t>(b + 1)],
                     right = edges[static_cast<size_t>(b + 2)];
        for (int64_t k = 0; k < bins; ++k) {
            const double hz =
                static_cast<double>(k * spec.sample_rate) / static_cast<double>(spec.window);
            const double height =
                std::min((hz - left) / (centre - left), (right - hz) / (right - centre));
            bands.f32()[b * bins + k] =
                static_cast<float>(std::max(0.0, height) * 2 / (right - left));
        }
    }
    return bands;
}

base::Result<Tensor> log_mel(const Tensor& wave, int64_t rate, const MelSpec& spec) {
    if (wave.rank() != 3 || wave.elements() < 1) {
        return base::usage_error("a waveform must be [B,channels,samples], not " +
                                 wave.shape().text());
    }
    if (!std::has_single_bit(static_cast<uint64_t>(spec.window)) || spec.window < 4 ||
        spec.hop < 1 || spec.bands < 1 || !(spec.floor > 0) ||
        !(spec.low_hz >= 0 && spec.low_hz < spec.high_hz))
        return base::usage_error("mel spectrograms need a window of 2^n samples, a hop, bands");
    const int64_t signals = wave.dim(0) * wave.dim(1), half = spec.window / 2;
    std::vector<std::vector<float>> resampled;
    for (int64_t s = 0; s < signals; ++s) {
        const std::span<const float> in(wave.f32() + s * wave.dim(2),
                                        static_cast<size_t>(wave.dim(2)));
        for (const float v : in) {
            if (!std::isfinite(v)) return base::usage_error("the waveform is not finite");
        }
        resampled.push_back(TRY(resample(in, rate, spec.sample_rate)));
    }
    const auto length = static_cast<int64_t>(resampled[0].size());
    if (length <= half) {
        return base::usage_error("a waveform of at least " + std::to_string(half + 1) +
                                 " samples at " + std::to_string(spec.sample_rate) + " Hz");
    }
    const int64_t frames = 1 + length / spec.hop, bins = half + 1;
    const Tensor bands = mel_bands(spec);
    const Fourier fourier(static_cast<size_t>(spec.window));
    Tensor out(Shape{wave.dim(0), wave.dim(1), frames, spec.bands});
    tensor::parallel_for(signals * frames, 4, [&](int64_t begin, int64_t end) {
        std::vector<std::complex<double>> x(static_cast<size_t>(spec.window));
        for (int64_t r = begin; r < end; ++r) {
            const std::vector<float>& signal = resampled[static_cast<size_t>(r / frames)];
            for (int64_t i = 0; i < spec.window; ++i) {
                int64_t at = r % frames * spec.hop + i - half;
                if (at < 0) at = -at;
                if (at >= length) at = 2 * (length - 1) - at;
                const double hann = 0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(i) /
                                                         static_cast<double>(spec.window));
                x[static_cast<size_t>(i)] = hann * signal[static_cast<size_t>(at)];
            }
            fourier(x);
            for (int64_t b = 0; b < spec.bands; ++b) {
                double sum = 0;
                for (int64_t k = 0; k < bins; ++k)
                    sum += bands.f32()[b * bins + k] * std::abs(x[static_cast<size_t>(k)]);
                out.f32()[r * spec.bands + b] =
                    static_cast<float>(std::log(std::max(sum, double{spec.floor})));
            }
        }
    });
    return out;
}

}  // namespace neural::ltx
