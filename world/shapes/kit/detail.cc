#include "world/shapes/kit/detail.h"

#include <cmath>
#include <string>

namespace world::kit {

Mesh sphere_patch(Vec3 centre, double radius, double lon0, double lon1, double lat0, double lat1,
                  int columns, int rows) {
    Mesh mesh;
    for (int j = 0; j <= rows; ++j) {
        const double t = (lat0 + (lat1 - lat0) * j / rows) * kPi / 180;
        for (int i = 0; i <= columns; ++i) {
            const double a = (lon0 + (lon1 - lon0) * i / columns) * kPi / 180;
            const Vec3 n{std::cos(t) * std::cos(a), std::cos(t) * std::sin(a), std::sin(t)};
            mesh.vertex(centre + n * radius, n);
        }
    }
    for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < columns; ++i) {
            const auto at = [&](int row, int k) {
                return static_cast<uint32_t>(row * (columns + 1) + k);
            };
            mesh.quad(at(j, i), at(j, i + 1), at(j + 1, i + 1), at(j + 1, i));
        }
    }
    return mesh;
}

Mesh puffed_panel(const std::vector<Vec3>& corners, double radius, double sink) {
    constexpr int kRings = 8, kSide = 6;
    Vec3 middle;
    for (const Vec3& c : corners) middle += c;
    std::vector<Vec3> border;
    for (size_t i = 0; i < corners.size(); ++i) {
        for (int k = 0; k < kSide; ++k) {
            border.push_back(
                base::lerp(corners[i], corners[(i + 1) % corners.size()], double(k) / kSide));
        }
    }
    middle = middle / double(corners.size());
    Mesh mesh;
    const auto count = static_cast<uint32_t>(border.size());
    mesh.vertex(base::normalize(middle) * radius, middle);
    for (int ring = 1; ring <= kRings; ++ring) {
        // Closer rings toward the border, where the cushion bends.
        const double t = 1 - std::pow(1 - double(ring) / kRings, 1.7);
        const double r = radius * (1 - sink * std::pow(t, 14));
        for (const Vec3& b : border) {
            const Vec3 d = base::normalize(base::lerp(middle, b, t));
            mesh.vertex(d * r, d);
        }
    }
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t j = (i + 1) % count;
        mesh.triangle(0, 1 + i, 1 + j);
        for (uint32_t ring = 0; ring + 1 < kRings; ++ring) {
            const uint32_t low = 1 + ring * count, high = low + count;
            mesh.quad(low + i, high + i, high + j, low + j);
        }
    }
    crease_normals(mesh.tri, 70);
    return mesh;
}

Mesh number_strokes(int number, double height, double thickness) {
    // Seven strokes with slanted and round digits where they read better; unit box 0.6 x 1.
    static const std::vector<std::vector<Vec2>> kDigits[10] = {
        {{{.3, 1}, {.05, .75}, {.05, .25}, {.3, 0}, {.55, .25}, {.55, .75}, {.3, 1}}},
        {{{.12, .8}, {.33, 1}, {.33, 0}}},
        {{{.05, .8}, {.3, 1}, {.55, .75}, {.05, 0}, {.58, 0}}},
        {{{.05, .9}, {.3, 1}, {.52, .76}, {.25, .54}, {.55, .27}, {.3, 0}, {.05, .12}}},
        {{{.45, 0}, {.45, 1}, {.03, .3}, {.6, .3}}},
        {{{.52, 1}, {.12, 1}, {.08, .58}, {.35, .62}, {.55, .32}, {.3, 0}, {.04, .1}}},
        {{{.5, .95}, {.2, .8}, {.05, .3}, {.3, 0}, {.55, .28}, {.32, .55}, {.07, .35}}},
        {{{.05, 1}, {.56, 1}, {.2, 0}}},
        {{{.3, .53},
          {.07, .76},
          {.3, 1},
          {.53, .76},
          {.3, .53},
          {.04, .26},
          {.3, 0},
          {.56, .26},
          {.3, .53}}},
        {{{.53, .66}, {.28, .45}, {.05, .72}, {.3, 1}, {.55, .7}, {.42, .2}, {.12, .04}}}};
    const std::string text = std::to_string(number);
    Mesh mesh;
    const double width = 0.78;
    for (size_t i = 0; i < text.size(); ++i) {
        for (const auto& stroke : kDigits[text[i] - '0']) {
            std::vector<Vec3> path;
            for (const Vec2 p : stroke) {
                path.push_back(
                    {(p.x - 0.3 + width * (double(i) - 0.5 * double(text.size() - 1))) * height,
                     (p.y - 0.5) * height, 0});
            }
            mesh.add(tube(path, {thickness}, {.sides = 6, .steps = 3}));
        }
    }
    return mesh;
}

void add_eyes(Maker& m, Vec3 left, double radius, bool white, unsigned iris_hex) {
    if (white) {
        m.add("eye white", sphere(left, radius, 16).mirror_y(), of("ceramic", 0xf4f2ec));
        const Vec3 pupil = left + Vec3{radius * 0.55, radius * 0.25, radius * 0.05};
        m.add("eye", sphere(pupil, radius * 0.62, 16).mirror_y(), of("glass", iris_hex));
    } else {
        m.add("eye", sphere(left, radius, 16).mirror_y(), of("resin", iris_hex));
        // The catch light that makes an eye look alive.
        const Vec3 glint = left + base::normalize(Vec3{0.75, 0.45, 0.55}) * (radius * 0.82);
        m.add("glint", sphere(glint, radius * 0.24, 8).mirror_y(), of("ceramic", 0xffffff));
    }
}

void add_wheel(Maker& m, Vec3 centre, double radius, double width, const WheelLook& look) {
    const double inner = radius * (1 - look.tyre_share), w = width / 2;
    const Curve tyre = fillet({{inner, -w * 0.8},
                               {radius * 0.93, -w},
                               {radius, -w * 0.6},
                               {radius, w * 0.6},
                               {radius * 0.93, w},
                               {inner, w * 0.8}},
                              0.12 * radius, true, 3);
    m.add("tyre", lathe(tyre, 0, 40, true).turn_x(90).move(centre), of("rubber", 0x1b1b1c));
    Mesh hub = lathe({{inner * 1.01, -w * 0.75},
                      {inner * 1.01, w * 0.75},
                      {inner * 0.86, w * 0.75},
                      {inner * 0.86, -w * 0.75}},
                     0, 36, true);
    hub.add(rod({0, 0, -w * 0.72}, {0, 0, w * 0.72}, inner * 0.24, -1, 20));
    for (int i = 0; i < look.spokes; ++i) {
        hub.add(beam({0, 0, 0}, {inner * 0.9, 0, 0}, inner * 0.26, width * 0.9)
                    .turn_z(360.0 * i / look.spokes));
    }
    m.add("hub", hub.turn_x(90).move(centre), of("aluminium", look.hub_hex));
    m.add("well", rod({0, -w * 0.3, 0}, {0, w * 0.3, 0}, inner * 0.9, -1, 24).move(centre),
          of("plastic", 0x101011));
}

}  // namespace world::kit
