#include "sound/voice/whisper.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/random.h"
#include "base/math/vec.h"
#include "sound/dsp/resample.h"

namespace sound {
namespace {

constexpr int kOrder = 20;
constexpr int kFrame = 400;  // 25 ms at 16 kHz
constexpr int kHop = kFrame / 2;

struct Prediction {
    std::array<double, kOrder + 1> a{1};
    double residual = 0;  // rms
};

Prediction predict(const std::vector<double>& frame) {
    std::array<double, kOrder + 1> r{};
    for (int lag = 0; lag <= kOrder; ++lag)
        for (size_t i = static_cast<size_t>(lag); i < frame.size(); ++i)
            r[lag] += frame[i] * frame[i - static_cast<size_t>(lag)];
    Prediction p;
    double error = r[0] * 1.0001 + 1e-9;  // white-noise correction keeps it stable
    for (int i = 1; i <= kOrder; ++i) {
        double k = r[i];
        for (int j = 1; j < i; ++j) k += p.a[j] * r[i - j];
        k = -k / error;
        std::array<double, kOrder + 1> next = p.a;
        for (int j = 1; j < i; ++j) next[j] = p.a[j] + k * p.a[i - j];
        next[i] = k;
        p.a = next;
        error *= 1 - k * k;
    }
    p.residual = std::sqrt(std::max(error, 0.0) / static_cast<double>(frame.size()));
    return p;
}

}  // namespace

void whisper(std::vector<float>& samples) {
    const std::vector<float> narrow = resample(samples, 3.0);
    std::vector<double> out(narrow.size() + kFrame, 0.0);
    base::Rng noise(0x77686973ull);
    std::vector<double> frame(kFrame), breath(kFrame);
    // High voices pull the first formant onto a harmonic; wider formants let go of it.
    std::array<double, kOrder + 1> wide;
    for (int k = 0; k <= kOrder; ++k) wide[k] = std::pow(0.96, k);
    for (size_t start = 0; start + kFrame <= narrow.size(); start += kHop) {
        for (int i = 0; i < kFrame; ++i) {
            const double window = 0.5 - 0.5 * std::cos(2 * base::kPi * (i + 0.5) / kFrame);
            // Pre-emphasis also tilts the result the way a whisper is tilted.
            const double x = narrow[start + i];
            const double before = start + i > 0 ? narrow[start + i - 1] : 0.f;
            frame[static_cast<size_t>(i)] = window * (x - 0.6 * before);
        }
        const Prediction p = predict(frame);
        for (int i = 0; i < kFrame; ++i) {
            double y = 1.6 * p.residual * noise.normal();
            for (int k = 1; k <= kOrder && k <= i; ++k) y -= wide[k] * p.a[k] * breath[i - k];
            breath[static_cast<size_t>(i)] = y;
            const double window = 0.5 - 0.5 * std::cos(2 * base::kPi * (i + 0.5) / kFrame);
            out[start + static_cast<size_t>(i)] += window * y;
        }
    }
    std::vector<float> breathed(narrow.size());
    for (size_t i = 0; i < breathed.size(); ++i) breathed[i] = static_cast<float>(out[i]);
    const size_t length = samples.size();
    samples = resample(breathed, 1.0 / 3.0);
    samples.resize(length, 0.f);
}

}  // namespace sound
