#include "render/plate/plate_picture.h"

#include <algorithm>

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/plate/shoulder.h"
#include "render/scene/threads.h"
#include "render/style/float_table.h"

namespace render {
namespace {

// Orthochromatic grey with an S-shaped curve, dark corners and moving grain.
float noir(Vec3f shown, float dx, float dy) {
    const float corner = 1 - 0.38f * 2 * (dx * dx + dy * dy);
    const float grey = (0.20f * shown.x + 0.58f * shown.y + 0.22f * shown.z) * corner;
    const float curved = grey * grey * (3 - 2 * grey);
    return base::lerp(grey, curved, 0.7f);
}

float grain(int x, int y, int64_t index) {
    const uint64_t place = static_cast<uint64_t>(y) * 65536 + static_cast<uint64_t>(x);
    const uint64_t key =
        base::hash_combine(base::hash_combine(place, 7), static_cast<uint64_t>(index));
    return static_cast<float>(key >> 40) * 0x1p-24f +
           static_cast<float>((key >> 8) & 0xffffff) * 0x1p-24f - 1;
}

}  // namespace

void blend_plate(const Plate& plate, const CameraFrame& now, float presence,
                 std::vector<Vec3f>& shown, const Threads& threads) {
    threads.for_each(now.height_px, [&](int y) {
        for (int x = 0; x < now.width_px; ++x) {
            const Vec3f c = plate.seen(now, x, y);
            Vec3f& out = shown[static_cast<size_t>(y) * now.width_px + static_cast<size_t>(x)];
            out = base::lerp(Vec3f{plate_curve(c.x), plate_curve(c.y), plate_curve(c.z)}, out,
                             presence);
        }
    });
}

base::Image8 show_plate(const Plate& plate, const CameraFrame& now, const std::vector<Vec3f>& light,
                        float presence, Style style, int64_t index, const Threads& threads) {
    const int w = now.width_px, h = now.height_px;
    const bool grey = style == Style::Noir;
    if (presence <= 0 && now == plate.camera() && !grey) return plate.picture();
    static const FloatTable srgb([](float x) { return 255 * base::linear_to_srgb(x); }, -12, 0);
    base::Image8 image(w, h, 3);
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            Vec3f c;
            if (presence < 1) c = plate.seen(now, x, y);
            if (presence > 0) {
                const Vec3f lit = light[static_cast<size_t>(y) * w + static_cast<size_t>(x)];
                c = presence < 1 ? base::lerp(c, lit, presence) : lit;
            }
            Vec3f shown{plate_curve(c.x), plate_curve(c.y), plate_curve(c.z)};
            float noise = 0;
            if (grey) {
                const float g =
                    noir(shown, (static_cast<float>(x) + 0.5f) / static_cast<float>(w) - 0.5f,
                         (static_cast<float>(y) + 0.5f) / static_cast<float>(h) - 0.5f);
                shown = {g, g, g};
                noise = 4 * grain(x, y, index) * (0.35f + 2.6f * g * (1 - g));
            }
            for (int k = 0; k < 3; ++k) {
                image.at(x, y)[k] =
                    static_cast<uint8_t>(std::clamp(srgb(shown[k]) + noise, 0.f, 255.f) + 0.5f);
            }
        }
    });
    return image;
}

}  // namespace render
