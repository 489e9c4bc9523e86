// Contact sheets of nouns: shape_sheet OUT.png|.jpg|.webp [--thumb PX] [--columns N] [--view DEG]
//                                      [--collision] NOUN... | --from FIRST --to LAST | --all
// A plain z-buffer with a headlight: for judging silhouettes while modelling, in milliseconds.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/math/colour.h"
#include "media/still.h"
#include "world/shapes/kit/hull.h"
#include "world/shapes/kit/solids.h"
#include "world/shapes/shape.h"

namespace {

using base::Vec3;
using base::Vec3f;

// Five rows of three bits, top first.
int glyph(char c) {
    static const std::map<char, int> kFont = {
        {'a', 025752}, {'b', 065656}, {'c', 034443}, {'d', 065556}, {'e', 074647}, {'f', 074644},
        {'g', 034553}, {'h', 055755}, {'i', 072227}, {'j', 011152}, {'k', 055655}, {'l', 044447},
        {'m', 057755}, {'n', 065555}, {'o', 025552}, {'p', 065644}, {'q', 025573}, {'r', 065655},
        {'s', 034216}, {'t', 072222}, {'u', 055557}, {'v', 055552}, {'w', 055775}, {'x', 055255},
        {'y', 055222}, {'z', 071247}, {'_', 000007}, {'0', 025552}, {'1', 026227}, {'2', 061247},
        {'3', 061216}, {'4', 055711}, {'5', 074616}, {'6', 034652}, {'7', 071122}, {'8', 025252},
        {'9', 025316}};
    const auto it = kFont.find(c);
    return it == kFont.end() ? 0 : it->second;
}

Vec3f material_colour(const std::string& material) {
    static const std::map<std::string, unsigned> kHex = {
        {"aluminium", 0xb9bcc0}, {"bone", 0xe6dcc4},         {"brass", 0xc9a13b},
        {"bread", 0xc68a4a},     {"brick", 0x9c4a32},        {"cardboard", 0xb48a5a},
        {"ceramic", 0xece8e0},   {"clay", 0xb06a44},         {"concrete", 0x98968f},
        {"cotton", 0xeeeeea},    {"diamond", 0xd4ecf4},      {"fabric", 0x8a6f8f},
        {"feather", 0x8f8a80},   {"felt", 0x3a6b46},         {"flesh", 0xd09a84},
        {"fruit", 0xcc4030},     {"fur", 0x8c6a46},          {"glass", 0xa9cdd2},
        {"gold", 0xdcae3a},      {"grass", 0x4f8a34},        {"ice", 0xbfe0ee},
        {"iron", 0x45464a},      {"jelly", 0xd23c50},        {"leaf", 0x3f8a36},
        {"leather", 0x6b432a},   {"marble_stone", 0xe4e2de}, {"paper", 0xf2efe6},
        {"plaster", 0xe6e2d8},   {"plastic", 0xc84040},      {"resin", 0xe0c890},
        {"rope", 0xb89a68},      {"rubber", 0x353536},       {"salt", 0xf4f4f4},
        {"sand", 0xd8c08a},      {"shell", 0xdcc0a0},        {"skin", 0xb08a78},
        {"snow", 0xf4f7fa},      {"steel", 0xa8acb0},        {"stone", 0x8c8880},
        {"straw", 0xd2b45c},     {"tile", 0xdadad6},         {"water", 0x86b8d8},
        {"wax", 0xeadfb4},       {"wicker", 0xb28a50},       {"wood", 0xa8743c},
        {"wool", 0xe6e0d2},      {"copper", 0xc0744a},       {"silver", 0xd0d2d6},
        {"foam", 0xe8d88a}};
    const auto it = kHex.find(material);
    return base::colour_from_hex(it == kHex.end() ? 0xff00ff : it->second);
}

world::kit::Mesh facets_of(const std::vector<Vec3f>& points) {
    std::vector<Vec3> exact;
    for (const Vec3f& p : points) exact.push_back(p.cast<double>());
    return world::kit::facets(exact);
}

world::TriMesh collision_mesh(const world::Shape& shape) {
    world::kit::Mesh all;
    for (const world::CollisionPart& c : shape.collision) {
        world::kit::Mesh part;
        const Vec3 h = c.half_extents;
        switch (c.kind) {
            case world::CollisionKind::Sphere: part = world::kit::sphere({}, h.x, 24); break;
            case world::CollisionKind::Box: part = world::kit::box({}, h * 2.0, 0); break;
            case world::CollisionKind::Capsule:
                part = world::kit::capsule({0, 0, -h.z}, {0, 0, h.z}, h.x);
                break;
            case world::CollisionKind::Cylinder:
                part = world::kit::rod({0, 0, -h.z}, {0, 0, h.z}, h.x, -1, 20, 0);
                break;
            case world::CollisionKind::Cone:
                part = world::kit::rod({0, 0, -h.z}, {0, 0, h.z}, h.x, 0, 20, 0);
                break;
            case world::CollisionKind::ConvexHull: part = facets_of(c.points); break;
            case world::CollisionKind::StaticMesh:
                for (const Vec3f& p : c.points) part.vertex(p.cast<double>(), {0, 0, 1});
                part.tri.triangles = c.triangles;
                world::kit::crease_normals(part.tri, 10);
                break;
        }
        all.add(part.place(c.pose));
    }
    return all.tri;
}

struct View {
    int px = 200;
    double degrees = -58;  // of the eye around the thing; 0 = face to face
    double height_degrees = 22;
};

base::Image8 picture(const world::Shape& shape, const std::string& material, bool collision,
                     const View& view) {
    constexpr int kOver = 2;
    const int n = view.px * kOver;
    std::vector<float> depth(static_cast<size_t>(n) * n, -1e30f);
    std::vector<Vec3f> colour(depth.size(), base::colour_from_hex(0xdfe3e8));
    const double a = view.degrees * base::kPi / 180, e = view.height_degrees * base::kPi / 180;
    const Vec3 to_eye{std::cos(a) * std::cos(e), std::sin(a) * std::cos(e), std::sin(e)};
    const Vec3 right{-std::sin(a), std::cos(a), 0}, up = base::cross(to_eye, right);
    base::BoundsT<double> seen;
    for (const auto& part : shape.parts) {
        for (const Vec3f& p : part.mesh.positions) {
            const Vec3 q = p.cast<double>();
            seen.add(Vec3{base::dot(q, right), base::dot(q, up), 0});
        }
    }
    const double scale = 0.9 * n / std::max(seen.size().x, seen.size().y);
    const Vec3 light = base::normalize(to_eye + up * 0.7 - right * 0.5);
    const auto draw = [&](const world::TriMesh& mesh, Vec3f base_colour, float glow) {
        for (const auto& t : mesh.triangles) {
            double x[3], y[3], z[3], shade[3];
            for (int k = 0; k < 3; ++k) {
                const Vec3 p = mesh.positions[t[k]].cast<double>();
                x[k] = n / 2.0 + (base::dot(p, right) - seen.centre().x) * scale;
                y[k] = n / 2.0 - (base::dot(p, up) - seen.centre().y) * scale;
                z[k] = base::dot(p, to_eye);
                const Vec3 normal = mesh.normals[t[k]].cast<double>();
                const double lit = std::max(base::dot(normal, light), 0.0);
                shade[k] = 0.16 + 0.1 * normal.z + 0.85 * lit + 0.35 * std::pow(lit, 24) + glow;
            }
            const double area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
            if (area >= 0) continue;  // from behind (y runs down); shows wrong winding as holes
            const int x0 = std::max(0, int(std::min({x[0], x[1], x[2]})));
            const int x1 = std::min(n - 1, int(std::max({x[0], x[1], x[2]})) + 1);
            const int y0 = std::max(0, int(std::min({y[0], y[1], y[2]})));
            const int y1 = std::min(n - 1, int(std::max({y[0], y[1], y[2]})) + 1);
            for (int j = y0; j <= y1; ++j) {
                for (int i = x0; i <= x1; ++i) {
                    const double px = i + 0.5, py = j + 0.5;
                    const double w0 =
                        ((x[1] - px) * (y[2] - py) - (x[2] - px) * (y[1] - py)) / area;
                    const double w1 =
                        ((x[2] - px) * (y[0] - py) - (x[0] - px) * (y[2] - py)) / area;
                    const double w2 = 1 - w0 - w1;
                    if (w0 < 0 || w1 < 0 || w2 < 0) continue;
                    const auto d = static_cast<float>(w0 * z[0] + w1 * z[1] + w2 * z[2]);
                    const size_t at = static_cast<size_t>(j) * n + i;
                    if (d <= depth[at]) continue;
                    depth[at] = d;
                    colour[at] = base_colour *
                                 static_cast<float>(w0 * shade[0] + w1 * shade[1] + w2 * shade[2]);
                }
            }
        }
    };
    if (collision) {
        draw(collision_mesh(shape), base::colour_from_hex(0x6a9ad0), 0);
    } else {
        for (const auto& part : shape.parts) {
            const bool own = part.material.empty();
            const Vec3f c = part.colour ? *part.colour
                            : own && shape.default_colour
                                ? *shape.default_colour
                                : material_colour(own ? material : part.material);
            draw(part.mesh, c, part.emission > 0 ? 0.6f : 0.f);
        }
    }
    base::Image8 image(view.px, view.px, 3);
    for (int j = 0; j < view.px; ++j) {
        for (int i = 0; i < view.px; ++i) {
            Vec3f sum;
            for (int k = 0; k < kOver * kOver; ++k) {
                sum += base::min(
                    colour[static_cast<size_t>(j * kOver + k / kOver) * n + i * kOver + k % kOver],
                    Vec3f{1, 1, 1});
            }
            for (int c = 0; c < 3; ++c) {
                image.at(i, j)[c] = static_cast<uint8_t>(
                    255.f * base::linear_to_srgb(sum[c] / (kOver * kOver)) + 0.5f);
            }
        }
    }
    return image;
}

void write_name(base::Image8& image, const std::string& name, int x, int y) {
    for (const char c : name) {
        const int bits = glyph(c);
        for (int row = 0; row < 10; ++row) {
            for (int column = 0; column < 6; ++column) {
                if (!(bits >> (14 - (row / 2) * 3 - column / 2) & 1)) continue;
                const int px = x + column, py = y + row;
                if (px >= image.width_px || py >= image.height_px) continue;
                for (int k = 0; k < 3; ++k) image.at(px, py)[k] = 20;
            }
        }
        x += 8;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr,
                     "shape_sheet OUT.png [--thumb PX] [--columns N] [--view DEG] "
                     "[--height DEG] [--material NAME] [--collision] NOUN... | --all\n");
        return 2;
    }
    const std::string out = argv[1];
    View view;
    int columns = 6;
    bool collision = false;
    std::string material;
    std::vector<std::string> nouns;
    for (int i = 2; i < argc; ++i) {
        const std::string word = argv[i];
        const auto number = [&] { return i + 1 < argc ? std::atof(argv[++i]) : 0.0; };
        if (word == "--thumb") view.px = int(number());
        else if (word == "--columns") columns = int(number());
        else if (word == "--view") view.degrees = number();
        else if (word == "--height") view.height_degrees = number();
        else if (word == "--collision") collision = true;
        else if (word == "--material") material = argv[++i];
        else if (word == "--all") nouns = world::shape_kinds();
        else nouns.push_back(word);
    }
    constexpr int kLabel = 14;
    const int rows = (int(nouns.size()) + columns - 1) / columns;
    base::Image8 sheet(columns * view.px, rows * (view.px + kLabel), 3);
    std::fill(sheet.data.begin(), sheet.data.end(), uint8_t{240});
    for (size_t i = 0; i < nouns.size(); ++i) {
        const world::ShapePtr shape = world::build_shape({.kind = nouns[i], .material = material});
        if (!shape) {
            std::fprintf(stderr, "shape_sheet: no such noun (%s)\n", nouns[i].c_str());
            return 1;
        }
        size_t triangles = 0;
        for (const auto& part : shape->parts) triangles += part.mesh.triangles.size();
        std::printf("%-18s %6zu triangles %2zu pieces %.4g m3\n", nouns[i].c_str(), triangles,
                    shape->collision.size(), shape->volume_m3);
        const base::Image8 thumb =
            picture(*shape, material.empty() ? shape->default_material : material, collision, view);
        const int x = int(i % columns) * view.px, y = int(i / columns) * (view.px + kLabel);
        for (int j = 0; j < view.px; ++j) {
            std::copy_n(thumb.at(0, j), view.px * 3, sheet.at(x, y + j));
        }
        write_name(sheet, nouns[i], x + 4, y + view.px + 2);
    }
    const auto ends = [&](const char* tail) { return out.ends_with(tail); };
    const base::Status written = ends(".webp")  ? media::write_webp(sheet, out)
                                 : ends(".jpg") ? media::write_jpeg(sheet, out)
                                                : media::write_png(sheet, out);
    if (!written.ok()) {
        std::fprintf(stderr, "shape_sheet: cannot write (%s)\n", out.c_str());
        return 1;
    }
    return 0;
}
