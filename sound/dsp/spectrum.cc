#include "sound/dsp/spectrum.h"

#include <algorithm>
#include <cmath>

#include "base/core/check.h"
#include "sound/dsp/biquad.h"

namespace sound {

void fft(std::vector<std::complex<double>>& v) {
    const size_t n = v.size();
    CHECK(n > 0 && (n & (n - 1)) == 0, "fft size must be a power of two");
    for (size_t i = 1, j = 0; i < n; ++i) {
        size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(v[i], v[j]);
    }
    for (size_t length = 2; length <= n; length *= 2) {
        const double step = -2 * base::kPi / static_cast<double>(length);
        for (size_t k = 0; k < length / 2; ++k) {
            const std::complex<double> w = std::polar(1.0, step * static_cast<double>(k));
            for (size_t i = k; i < n; i += length) {
                const std::complex<double> a = v[i], b = v[i + length / 2] * w;
                v[i] = a + b;
                v[i + length / 2] = a - b;
            }
        }
    }
}

Spectrum power_spectrum(const std::vector<float>& mono) {
    size_t size = 1024;
    while (size < mono.size()) size *= 2;
    std::vector<std::complex<double>> v(size);
    const size_t fade = mono.size() / 8;
    for (size_t i = 0; i < mono.size(); ++i) {
        const size_t left = mono.size() - i;
        const double u = left < fade ? static_cast<double>(left) / static_cast<double>(fade) : 1;
        v[i] = mono[i] * (0.5 - 0.5 * std::cos(base::kPi * u));
    }
    fft(v);
    Spectrum out;
    out.bin_hz = kRateHz / static_cast<double>(size);
    out.power.resize(size / 2 + 1);
    for (size_t i = 0; i < out.power.size(); ++i) out.power[i] = std::norm(v[i]);
    return out;
}

double spectral_centroid_hz(const std::vector<float>& mono, double low_hz, double high_hz) {
    const Spectrum s = power_spectrum(mono);
    double weighted = 0, total = 0;
    for (size_t i = 0; i < s.power.size(); ++i) {
        const double f = static_cast<double>(i) * s.bin_hz;
        if (f < low_hz || f > high_hz) continue;
        weighted += f * s.power[i];
        total += s.power[i];
    }
    return total > 0 ? weighted / total : 0;
}

double strongest_hz(const std::vector<float>& mono, double low_hz, double high_hz) {
    const Spectrum s = power_spectrum(mono);
    size_t best = 0;
    for (size_t i = 1; i + 1 < s.power.size(); ++i) {
        const double f = static_cast<double>(i) * s.bin_hz;
        if (f < low_hz || f > high_hz) continue;
        if (best == 0 || s.power[i] > s.power[best]) best = i;
    }
    if (best == 0) return 0;
    const auto db = [&](size_t i) { return std::log(s.power[i] + 1e-30); };
    const double l = db(best - 1), c = db(best), r = db(best + 1);
    const double shift = l - 2 * c + r != 0 ? 0.5 * (l - r) / (l - 2 * c + r) : 0;
    return (static_cast<double>(best) + shift) * s.bin_hz;
}

double decay_t60_s(const std::vector<float>& mono) {
    std::vector<double> left(mono.size() + 1, 0.0);
    for (size_t i = mono.size(); i-- > 0;)
        left[i] = left[i + 1] + static_cast<double>(mono[i]) * mono[i];
    if (left[0] <= 0) return 0;
    double n = 0, st = 0, sd = 0, stt = 0, std_ = 0;
    for (size_t i = 0; i < mono.size(); i += 16) {
        const double db = 10 * std::log10(left[i] / left[0] + 1e-30);
        if (db > -5 || db < -25) continue;
        const double t = static_cast<double>(i) / kRateHz;
        n += 1, st += t, sd += db, stt += t * t, std_ += t * db;
    }
    const double slope = (n * std_ - st * sd) / (n * stt - st * st);
    return n > 3 && slope < 0 ? -60 / slope : 0;
}

int64_t onset_sample(const std::vector<float>& mono, double fraction) {
    float peak = 0;
    for (const float x : mono) peak = std::max(peak, std::abs(x));
    if (peak == 0) return -1;
    for (size_t i = 0; i < mono.size(); ++i)
        if (std::abs(mono[i]) >= fraction * peak) return static_cast<int64_t>(i);
    return -1;
}

double rms(const std::vector<float>& mono, size_t first, size_t count) {
    double energy = 0;
    for (size_t i = first; i < first + count && i < mono.size(); ++i)
        energy += static_cast<double>(mono[i]) * mono[i];
    return std::sqrt(energy / static_cast<double>(std::max<size_t>(count, 1)));
}

}  // namespace sound
