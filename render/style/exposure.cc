#include "render/style/exposure.h"

#include "base/math/colour.h"

namespace render {

// Log average between the 8th and the 86th percentile: neither windows nor black corners rule. Dark
// scenes are kept dark: the key falls as the average does (after Krawczyk, Myszkowski, Seidel
// 2005).
float Exposure::wanted(const std::vector<Vec3f>& light) const {
    // ISO 2720 with K = 12.5: saturation-based, maximum luminance = 1.2 * 2^EV.
    if (manual_ev_) return static_cast<float>(1 / (1.2 * std::exp2(*manual_ev_)));
    std::vector<float> logs;
    logs.reserve(light.size() / 4 + 1);
    const size_t step = light.size() > 100'000 ? 7 : 1;
    for (size_t i = 0; i < light.size(); i += step) {
        const float l = base::luminance(light[i]);
        logs.push_back(std::log(std::max(1e-4f, l)));
    }
    if (logs.empty()) return 1;
    std::sort(logs.begin(), logs.end());
    const size_t low = logs.size() * 8 / 100, high = std::max(low + 1, logs.size() * 86 / 100);
    double sum = 0;
    for (size_t i = low; i < high; ++i) sum += logs[i];
    const auto average = static_cast<float>(std::exp(sum / static_cast<double>(high - low)));
    float key = 0.25f;
    const float decades = std::log10(average);
    key *= std::clamp(0.62f + 0.38f * (decades + 0.2f) / 1.2f, 0.34f, 1.f);
    // Sunlit places look bright: up to twice the key above some hundred cd/m2.
    key *= 1 + 1.0f * std::clamp((decades - 2.5f) / 1.5f, 0.f, 1.f);
    if (style_ == Style::Noir) key *= 0.40f;
    if (style_ == Style::Clay) key *= 1.15f;
    return key / average;
}

void Exposure::set(const std::vector<Vec3f>& light) { value_ = wanted(light); }

void Exposure::follow(const std::vector<Vec3f>& light, double seconds) {
    const float goal = wanted(light), gap = std::log(goal / value_);
    if (std::abs(gap) > 0.10f) adapting_ = true;
    if (std::abs(gap) < 0.04f) adapting_ = false;
    if (adapting_) value_ *= std::exp(gap * static_cast<float>(1 - std::exp(-seconds / 1.2)));
}

}  // namespace render
