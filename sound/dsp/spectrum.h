// Measuring sound: spectra, centroids, decay times, onsets. For tests and developers' tools.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

namespace sound {

// In place, radix 2; the size must be a power of two.
void fft(std::vector<std::complex<double>>& values);

// Power spectrum of a sound that begins at its first sample (no window there: it would swallow the
// blow), faded over its last eighth, zero-padded to a power of two: [size / 2 + 1].
struct Spectrum {
    std::vector<double> power;
    double bin_hz = 1;
};
Spectrum power_spectrum(const std::vector<float>& mono);

// sum(f P) / sum(P) between two frequencies.
double spectral_centroid_hz(const std::vector<float>& mono, double low_hz = 20,
                            double high_hz = 20000);
// The strongest bin between two frequencies, refined by a parabola.
double strongest_hz(const std::vector<float>& mono, double low_hz = 20, double high_hz = 20000);

// T60 by Schroeder's backward integral, line fitted between -5 and -25 dB. 0 where it cannot be.
double decay_t60_s(const std::vector<float>& mono);

// First sample whose |x| exceeds `fraction` of the peak; -1 for silence.
int64_t onset_sample(const std::vector<float>& mono, double fraction = 0.1);

double rms(const std::vector<float>& mono, size_t first, size_t count);

}  // namespace sound
