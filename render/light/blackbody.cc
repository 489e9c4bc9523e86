#include "render/light/blackbody.h"

namespace render {

base::Vec3f blackbody(float temperature_K) {
    const double t = std::clamp(static_cast<double>(temperature_K), 1700.0, 20000.0);
    const double i = 1000 / t;
    const double x = t <= 4000 ? ((-0.2661239 * i - 0.2343589) * i + 0.8776956) * i + 0.179910
                               : ((-3.0258469 * i + 2.1070379) * i + 0.2226347) * i + 0.240390;
    double y;
    if (t <= 2222) {
        y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683;
    } else if (t <= 4000) {
        y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867;
    } else {
        y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
    }
    const double big_x = x / y, big_z = (1 - x - y) / y;
    // XYZ (Y = 1) to linear Rec. 709, IEC 61966-2-1.
    const auto r = static_cast<float>(3.2404542 * big_x - 1.5371385 - 0.4985314 * big_z);
    const auto g = static_cast<float>(-0.9692660 * big_x + 1.8760108 + 0.0415560 * big_z);
    const auto b = static_cast<float>(0.0556434 * big_x - 0.2040259 + 1.0572252 * big_z);
    const base::Vec3f c{std::max(r, 0.f), std::max(g, 0.f), std::max(b, 0.f)};
    return c / (0.2126f * c.x + 0.7152f * c.y + 0.0722f * c.z);
}

}  // namespace render
