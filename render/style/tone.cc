#include "render/style/tone.h"

#include "base/math/colour.h"

namespace render {

Grade grade_for(Style style) {
    Grade grade;
    switch (style) {
        case Style::Realistic: grade.saturation = 1.06f; break;
        case Style::Clay:
            grade.saturation = 1.12f;
            grade.contrast = 1.12f;
            grade.vignette = 0.2f;
            break;
        case Style::Anime:
            grade.vignette = 0;
            grade.contrast = 1.05f;
            break;
        case Style::Noir:
            grade.grey = true;
            grade.contrast = 1.5f;
            grade.vignette = 0.38f;
            grade.grain = 0.016f;
            break;
    }
    return grade;
}

float film_curve(float x, float contrast) {
    constexpr float kGrey = 0.18f, kWhite = 16;
    if (!(x > 0)) return 0;
    const float s = std::pow(kGrey, contrast) * (1 / kGrey - 1);
    const auto raw = [&](float v) {
        const float p = std::pow(v, contrast);
        return p / (p + s);
    };
    // The white point is reached by a gain that leaves grey where it is.
    const float top = raw(kWhite), y = raw(std::min(x, kWhite));
    return std::min(1.f, y * (1 + (1 / top - 1) * y / top));
}

Developer::Developer(const Grade& grade)
    : grade_(grade),
      curve_([&](float x) { return film_curve(x, grade.contrast); }, -14, 4),
      srgb_([](float x) { return 255 * base::linear_to_srgb(x); }, -9, 0) {}

Vec3f Developer::operator()(Vec3f light) const {
    Vec3f c = light * grade_.exposure / grade_.white;
    if (grade_.grey) {
        // Orthochromatic film leans to green and blue: skin goes darker, sky lighter.
        const float l = 0.20f * c.x + 0.58f * c.y + 0.22f * c.z;
        const float y = curve_(l);
        return {y, y, y};
    }
    const float l = base::luminance(c);
    c = base::max(Vec3f{l, l, l} + (c - Vec3f{l, l, l}) * grade_.saturation, Vec3f{});
    const Vec3f each{curve_(c.x), curve_(c.y), curve_(c.z)};
    const float top = std::max({c.x, c.y, c.z});
    if (!(top > 0)) return {};
    const Vec3f hue = c * (curve_(top) / top);
    return base::lerp(hue, each, 0.62f);
}

Vec3f Developer::bytes(Vec3f light) const {
    const Vec3f c = (*this)(light);
    return {srgb_(c.x), srgb_(c.y), srgb_(c.z)};
}

}  // namespace render
