#include "media/sound_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <vector>

namespace media {
namespace {

constexpr int kWindow = 2048;  // 43 ms
constexpr double kLowHz = 40, kHighHz = 16000;
constexpr float kFloorDb = -90;

// Cooley and Tukey 1965, radix 2, in place; size is a power of two.
void fft(std::vector<std::complex<float>>& x) {
    const size_t n = x.size();
    for (size_t i = 1, j = 0; i < n; ++i) {
        size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    for (size_t length = 2; length <= n; length <<= 1) {
        const double angle = -2 * 3.14159265358979 / static_cast<double>(length);
        const std::complex<float> step(static_cast<float>(std::cos(angle)),
                                       static_cast<float>(std::sin(angle)));
        for (size_t start = 0; start < n; start += length) {
            std::complex<float> w(1);
            for (size_t k = start; k < start + length / 2; ++k, w *= step) {
                const std::complex<float> odd = x[k + length / 2] * w;
                x[k + length / 2] = x[k] - odd;
                x[k] += odd;
            }
        }
    }
}

// Level in dB of each picture row, from the top; full-scale sine = 0 dB.
std::vector<float> spectrum_rows(const std::vector<float>& mono, int rows) {
    std::vector<std::complex<float>> x(kWindow);
    for (int i = 0; i < kWindow; ++i) {
        const double hann = 0.5 - 0.5 * std::cos(2 * 3.14159265358979 * i / kWindow);
        x[i] = mono[i] * static_cast<float>(hann);
    }
    fft(x);
    std::vector<float> levels(rows);
    const double ratio = kHighHz / kLowHz;
    for (int row = 0; row < rows; ++row) {
        const auto bin_at = [&](double height) {
            return kLowHz * std::pow(ratio, height / rows) * kWindow / base::kSampleRateHz;
        };
        const int low = static_cast<int>(bin_at(rows - row - 1));
        const int high = std::max(low + 1, static_cast<int>(std::ceil(bin_at(rows - row))));
        float power = 0;
        for (int bin = low; bin < high && bin < kWindow / 2; ++bin) {
            power = std::max(power, std::norm(x[bin]));
        }
        const float amplitude = std::sqrt(power) * 4 / kWindow;
        levels[row] = 20 * std::log10(std::max(amplitude, 1e-9f));
    }
    return levels;
}

// Black, violet, orange, pale yellow by level: dark to bright for grey printers too.
std::array<uint8_t, 3> heat(float level) {
    static constexpr float kStops[5][3] = {
        {8, 8, 20}, {70, 20, 110}, {185, 50, 90}, {245, 140, 50}, {255, 250, 190}};
    const float at = std::clamp(level, 0.f, 1.f) * 4;
    const int stop = std::min(3, static_cast<int>(at));
    std::array<uint8_t, 3> colour;
    for (int c = 0; c < 3; ++c) {
        const float mix = at - static_cast<float>(stop);
        colour[c] = static_cast<uint8_t>(kStops[stop][c] * (1 - mix) + kStops[stop + 1][c] * mix);
    }
    return colour;
}

// What one pixel column shows. Columns are gathered on a fine grid first, because the length of
// the sound may be unknown until its end.
struct Column {
    float peak = 0;
    double energy = 0;
    int64_t samples = 0;
    std::vector<float> levels;

    void join(const Column& other) {
        peak = std::max(peak, other.peak);
        energy += other.energy;
        samples += other.samples;
        for (size_t i = 0; i < levels.size(); ++i) {
            levels[i] = std::max(levels[i], other.levels[i]);
        }
    }
};

void draw_column(base::Image8& picture, int x, const Column& column,
                 const SoundPictureOptions& options) {
    const double rms =
        column.samples > 0 ? std::sqrt(column.energy / static_cast<double>(column.samples)) : 0;
    for (int y = 0; y < options.wave_height_px; ++y) {
        const double height =
            std::abs(y + 0.5 - options.wave_height_px / 2.0) / (options.wave_height_px / 2.0);
        uint8_t* p = picture.at(x, y);
        const bool middle = y == options.wave_height_px / 2;
        const std::array<uint8_t, 3> colour = height <= rms ? std::array<uint8_t, 3>{150, 215, 255}
                                              : height <= column.peak
                                                  ? std::array<uint8_t, 3>{55, 115, 170}
                                              : middle ? std::array<uint8_t, 3>{55, 55, 65}
                                                       : std::array<uint8_t, 3>{22, 22, 28};
        std::copy(colour.begin(), colour.end(), p);
    }
    for (int row = 0; row < options.spectrum_height_px; ++row) {
        const auto colour = heat((column.levels[row] - kFloorDb) / -kFloorDb);
        std::copy(colour.begin(), colour.end(), picture.at(x, options.wave_height_px + row));
    }
}

}  // namespace

base::Result<base::Image8> draw_sound(base::AudioSource& sound,
                                      const SoundPictureOptions& options) {
    const size_t most = static_cast<size_t>(options.width_px) * 2;
    int64_t step = 512;  // samples per column; doubles when there are too many columns
    std::vector<Column> columns;
    std::vector<float> window(kWindow, 0.f);  // the latest samples, mono
    std::vector<float> waiting;
    Column current;
    const auto finish_column = [&] {
        current.levels = spectrum_rows(window, options.spectrum_height_px);
        columns.push_back(std::move(current));
        current = {};
        if (columns.size() < most) return;
        for (size_t i = 0; 2 * i + 1 < columns.size(); ++i) {
            Column joined = std::move(columns[2 * i]);
            joined.join(columns[2 * i + 1]);
            columns[i] = std::move(joined);
        }
        columns.resize(columns.size() / 2);
        step *= 2;
    };
    while (true) {
        const auto block = TRY(sound.next());
        if (!block) break;
        for (size_t i = 0; i + 1 < block->samples.size(); i += 2) {
            const float left = block->samples[i], right = block->samples[i + 1];
            current.peak = std::max({current.peak, std::abs(left), std::abs(right)});
            current.energy += 0.5 * (left * left + right * right);
            waiting.push_back(0.5f * (left + right));
            if (++current.samples == step) {
                const size_t keep = std::min<size_t>(waiting.size(), kWindow);
                std::move(window.begin() + static_cast<ptrdiff_t>(keep), window.end(),
                          window.begin());
                std::copy(waiting.end() - static_cast<ptrdiff_t>(keep), waiting.end(),
                          window.end() - static_cast<ptrdiff_t>(keep));
                waiting.clear();
                finish_column();
            }
        }
    }
    base::Image8 picture(options.width_px, options.wave_height_px + options.spectrum_height_px, 3);
    if (columns.empty()) return picture;
    for (int x = 0; x < options.width_px; ++x) {
        const size_t count = columns.size();
        size_t from = static_cast<size_t>(x) * count / options.width_px;
        const size_t to = std::max(
            from + 1, (static_cast<size_t>(x) + 1) * count / static_cast<size_t>(options.width_px));
        Column column = columns[from];
        while (++from < to) column.join(columns[from]);
        draw_column(picture, x, column, options);
    }
    return picture;
}

}  // namespace media
