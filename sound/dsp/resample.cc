#include "sound/dsp/resample.h"

#include <algorithm>
#include <cmath>

#include "base/math/vec.h"

namespace sound {
namespace {

constexpr int kCrossings = 32;
constexpr int kSteps = 512;  // table resolution per crossing, linear between

double bessel_i0(double x) {
    double sum = 1, term = 1;
    for (int k = 1; k < 40; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
    return sum;
}

const std::vector<float>& kernel() {
    static const std::vector<float> table = [] {
        std::vector<float> values(kCrossings * kSteps + 2, 0.f);
        for (int i = 0; i <= kCrossings * kSteps; ++i) {
            const double x = static_cast<double>(i) / kSteps;
            const double u = x / kCrossings;
            const double sinc = i == 0 ? 1 : std::sin(base::kPi * x) / (base::kPi * x);
            values[static_cast<size_t>(i)] = static_cast<float>(
                sinc * bessel_i0(9 * std::sqrt(std::max(0.0, 1 - u * u))) / bessel_i0(9));
        }
        return values;
    }();
    return table;
}

}  // namespace

std::vector<float> resample(const std::vector<float>& input, double ratio) {
    const std::vector<float>& table = kernel();
    // Going down, the kernel is widened so that nothing folds.
    const double cut = std::min(1.0, 1.0 / ratio);
    const double reach = kCrossings / cut;
    const auto size = static_cast<int64_t>(input.size());
    const auto count = static_cast<int64_t>(std::floor(static_cast<double>(size) / ratio));
    std::vector<float> out(static_cast<size_t>(std::max<int64_t>(count, 0)));
    for (int64_t i = 0; i < count; ++i) {
        const double centre = static_cast<double>(i) * ratio;
        const auto first = std::max<int64_t>(0, static_cast<int64_t>(std::ceil(centre - reach)));
        const auto last =
            std::min<int64_t>(size - 1, static_cast<int64_t>(std::floor(centre + reach)));
        double sum = 0;
        for (int64_t k = first; k <= last; ++k) {
            const double x = std::abs(static_cast<double>(k) - centre) * cut * kSteps;
            const auto step = static_cast<size_t>(x);
            const double part = x - static_cast<double>(step);
            sum += static_cast<double>(input[static_cast<size_t>(k)]) *
                   (table[step] * (1 - part) + table[step + 1] * part);
        }
        out[static_cast<size_t>(i)] = static_cast<float>(sum * cut);
    }
    return out;
}

}  // namespace sound
