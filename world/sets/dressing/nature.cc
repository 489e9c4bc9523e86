#include "world/sets/dressing/nature.h"

#include <cmath>

#include "base/math/colour.h"

namespace world {

using base::Rng;
using base::Vec2;
using base::Vec3;

namespace {

Vec3 random_direction(Rng& rng) {
    const double z = rng.uniform(-1, 1), a = rng.uniform(0, 2 * base::kPi);
    const double r = std::sqrt(std::max(0.0, 1 - z * z));
    return {r * std::cos(a), r * std::sin(a), z};
}

// A leaf: two triangles folded along the rib. Its normal is bent toward `outward`, so that a crown
// shades like a soft mass and not like confetti.
void add_leaf(TriMesh& mesh, Vec3 at, Vec3 along, Vec3 outward, double size) {
    const Vec3 rib = normalize(along);
    Vec3 side = cross(rib, outward);
    if (length_squared(side) < 1e-6) side = any_perpendicular(rib);
    side = normalize(side);
    const Vec3 up = cross(side, rib);
    const Vec3 n = normalize(outward + up * 0.45);
    const Vec3 points[4] = {at, at + rib * (size * 0.5) + side * (size * 0.32) + up * (size * 0.08),
                            at + rib * size,
                            at + rib * (size * 0.5) - side * (size * 0.32) + up * (size * 0.08)};
    const auto first = static_cast<uint32_t>(mesh.positions.size());
    for (const Vec3& p : points) {
        mesh.positions.push_back(p.cast<float>());
        mesh.normals.push_back(n.cast<float>());
        mesh.uvs.push_back({});
    }
    mesh.triangles.push_back({first, first + 1, first + 2});
    mesh.triangles.push_back({first, first + 2, first + 3});
}

}  // namespace

double ground_noise(double x, double y, uint64_t seed) {
    const double fx = std::floor(x), fy = std::floor(y);
    const auto corner = [&](double cx, double cy) {
        const uint64_t h = base::hash_combine(
            base::hash_combine(seed, static_cast<uint64_t>(static_cast<int64_t>(cx))),
            static_cast<uint64_t>(static_cast<int64_t>(cy)));
        return static_cast<double>(h >> 11) * 0x1p-52 - 1.0;
    };
    const double u = x - fx, v = y - fy;
    const double su = u * u * (3 - 2 * u), sv = v * v * (3 - 2 * v);
    const double low = corner(fx, fy) + (corner(fx + 1, fy) - corner(fx, fy)) * su;
    const double high = corner(fx, fy + 1) + (corner(fx + 1, fy + 1) - corner(fx, fy + 1)) * su;
    return low + (high - low) * sv;
}

double ground_fbm(double x, double y, uint64_t seed, int octaves) {
    double sum = 0, gain = 0.5;
    for (int i = 0; i < octaves; ++i) {
        sum += gain * ground_noise(x, y, seed + static_cast<uint64_t>(i));
        x *= 2.03;
        y *= 2.03;
        gain *= 0.5;
    }
    return sum;
}

ShapePtr make_broadleaf(double height, uint64_t seed, unsigned leaf_srgb, int leaves) {
    Rng rng(seed, 21);
    ShapeMaker maker("tree", "wood");
    maker.paint(painted("wood", 0x6a543d, "bark"));
    const double trunk = height * 0.34, radius = height * 0.026;
    const Vec3 fork{rng.uniform(-0.02, 0.02) * height, rng.uniform(-0.02, 0.02) * height, trunk};
    maker.lathe(
        {}, {{radius * 1.9, 0}, {radius * 1.3, height * 0.02}, {radius * 1.08, height * 0.06}}, 12);
    maker.cylinder({0, 0, height * 0.06}, fork, radius * 1.08, radius * 0.82, 12);
    struct Cluster {
        Vec3 centre;
        double size;
    };
    std::vector<Cluster> crown;
    const int limbs = 6;
    for (int i = 0; i < limbs; ++i) {
        const double a = 2 * base::kPi * (i + rng.uniform(-0.3, 0.3)) / limbs;
        const double reach = height * rng.uniform(0.17, 0.27),
                     rise = height * rng.uniform(0.2, 0.46);
        const Vec3 tip = fork + Vec3{std::cos(a) * reach, std::sin(a) * reach, rise};
        const Vec3 bend = lerp(fork, tip, 0.45) + Vec3{0, 0, height * 0.03};
        maker.cylinder(fork, bend, radius * 0.6, radius * 0.4, 8);
        maker.cylinder(bend, tip, radius * 0.4, radius * 0.14, 7);
        crown.push_back({tip, height * rng.uniform(0.13, 0.18)});
        for (int k = 0; k < 3; ++k) {
            const Vec3 twig =
                bend + random_direction(rng) * (height * 0.13) + Vec3{0, 0, height * 0.06};
            maker.cylinder(bend, twig, radius * 0.26, radius * 0.08, 5);
            crown.push_back({twig, height * rng.uniform(0.08, 0.13)});
        }
    }
    const Vec3 top = fork + Vec3{0, 0, height * 0.48};
    maker.cylinder(fork, top, radius * 0.62, radius * 0.12, 7);
    crown.push_back({top, height * 0.16});
    crown.push_back({fork + Vec3{0, 0, height * 0.3}, height * 0.17});
    const Vec3 heart = fork + Vec3{0, 0, height * 0.24};
    double weight = 0;
    for (const Cluster& c : crown) weight += c.size * c.size;
    // Two greens, so the crown has depth.
    TriMesh bright, deep;
    for (const Cluster& c : crown) {
        const int count = static_cast<int>(leaves * c.size * c.size / weight);
        for (int i = 0; i < count; ++i) {
            const Vec3 d = random_direction(rng);
            const Vec3 at =
                c.centre + d * Vec3{1, 1, 0.75} * (c.size * std::cbrt(rng.uniform(0.25, 1)));
            const Vec3 outward = normalize(normalize(at - heart) + d * 0.9 + Vec3{0, 0, 0.25});
            const Vec3 along = normalize(random_direction(rng) + outward * 0.6 + Vec3{0, 0, -0.45});
            add_leaf(rng.uniform() < 0.6 ? bright : deep, at, along, outward,
                     height * rng.uniform(0.032, 0.052));
        }
    }
    maker.paint(painted("leaf", leaf_srgb, "foliage")).mesh(bright);
    Paint shade = painted("leaf", leaf_srgb, "foliage");
    shade.colour = *shade.colour * 0.62f;
    maker.paint(shade).mesh(deep);
    maker.collide_cylinder({0, 0, 0}, {0, 0, height * 0.6}, radius * 1.3, "", "wood");
    return maker.finish();
}

ShapePtr make_conifer(double height, uint64_t seed, unsigned needle_srgb, bool snowy) {
    Rng rng(seed, 22);
    ShapeMaker maker("pine_tree", "wood");
    maker.paint(painted("wood", 0x57432f, "bark"));
    const double radius = height * 0.018;
    maker.cylinder({0, 0, 0}, {0, 0, height * 0.96}, radius * 1.25, radius * 0.1, 10);
    TriMesh needles, deep, snow;
    const int whorls = 38;
    for (int w = 0; w < whorls; ++w) {
        const double t = static_cast<double>(w) / (whorls - 1);
        const double z = height * (0.10 + 0.87 * t);
        const double reach = height * 0.23 * std::pow(1 - t, 0.8) + height * 0.012;
        const int arms = 5 + static_cast<int>(7 * (1 - t));
        for (int i = 0; i < arms; ++i) {
            const double a = 2 * base::kPi * (i + rng.uniform(-0.3, 0.3)) / arms + w * 0.7;
            const double r = reach * rng.uniform(0.75, 1.1);
            const Vec3 out{std::cos(a), std::sin(a), 0}, side{-out.y, out.x, 0};
            const int sprays = 8;
            for (int k = 0; k < sprays; ++k) {
                const double s = (k + 0.4) / sprays;
                const Vec3 at =
                    out * (r * s) +
                    Vec3{0, 0, z - r * 0.28 * s * s + rng.uniform(-0.01, 0.01) * height};
                for (int lr = -1; lr <= 1; lr += 2) {
                    const Vec3 along = out * 0.85 + side * (0.6 * lr) + Vec3{0, 0, -0.28 - 0.2 * s};
                    const Vec3 outward = normalize(out * 0.8 + Vec3{0, 0, 0.7});
                    const double size = (r * (0.42 - 0.13 * s) + height * 0.008) * 0.62;
                    TriMesh& mesh = rng.uniform() < 0.55 ? needles : deep;
                    add_leaf(mesh, at, along, outward, size);
                    if (snowy && rng.uniform() < 0.75) {
                        add_leaf(snow, at + Vec3{0, 0, height * 0.004}, along, {0, 0, 1},
                                 size * 0.86);
                    }
                }
            }
        }
    }
    maker.paint(painted("leaf", needle_srgb, "needles")).mesh(needles);
    Paint shade = painted("leaf", needle_srgb, "needles");
    shade.colour = *shade.colour * 0.58f;
    maker.paint(shade).mesh(deep);
    if (snowy) maker.paint(plain("snow")).mesh(snow);
    maker.collide_cylinder({0, 0, 0}, {0, 0, height * 0.5}, radius * 1.4, "", "wood");
    return maker.finish();
}

ShapePtr make_palm(double height, uint64_t seed) {
    Rng rng(seed, 23);
    ShapeMaker maker("palm_tree", "wood");
    maker.paint(painted("wood", 0x8a7355, "palm_bark"));
    const Vec3 lean{rng.uniform(-0.2, 0.2) * height, rng.uniform(-0.12, 0.12) * height, 0};
    std::vector<Vec3> stem;
    for (int i = 0; i <= 10; ++i) {
        const double t = i / 10.0;
        stem.push_back(lean * (t * t) + Vec3{0, 0, height * t});
    }
    for (int i = 0; i < 10; ++i) {
        const double r = height * (0.026 - 0.011 * i / 10);
        maker.cylinder(stem[i], stem[i + 1], r * 1.0, r * 1.08, 12);
    }
    const Vec3 top = stem.back();
    maker.paint(painted("wood", 0x5b3d22, "paint"));
    for (int i = 0; i < 5; ++i) {
        const double a = 1.26 * i;
        maker.ellipsoid(top + Vec3{std::cos(a) * 0.16, std::sin(a) * 0.16, -0.16},
                        {0.12, 0.12, 0.14}, 12);
    }
    TriMesh fronds, deep;
    const int count = 17;
    for (int f = 0; f < count; ++f) {
        const double a = 2.39996 * f, up = 0.95 - 1.25 * f / count;
        const double reach = height * rng.uniform(0.33, 0.42);
        const Vec3 out{std::cos(a), std::sin(a), 0}, side{-out.y, out.x, 0};
        const auto rib = [&](double t) {
            return top + out * (reach * (t - 0.12 * t * t)) +
                   Vec3{0, 0, reach * (up * t - (0.75 + 0.3 * (1 - up)) * t * t)};
        };
        for (int k = 1; k < 26; ++k) {
            const double t = k / 26.0;
            const Vec3 at = rib(t), forward = normalize(rib(t + 0.03) - at);
            const double blade =
                reach * 0.30 * std::sin(base::kPi * std::min(1.0, t * 0.86 + 0.14));
            for (int lr = -1; lr <= 1; lr += 2) {
                const Vec3 along = forward * 0.55 + side * lr + Vec3{0, 0, -0.55};
                TriMesh& mesh = (k + lr) % 3 ? fronds : deep;
                const Vec3 outward =
                    normalize(cross(along, forward) * static_cast<double>(-lr) + Vec3{0, 0, 0.6});
                // A blade is narrow: squeeze the leaf by drawing it on a rotated rib.
                const Vec3 tip = at + normalize(along) * blade;
                const Vec3 wide = forward * (reach * 0.018);
                const auto first = static_cast<uint32_t>(mesh.positions.size());
                for (const Vec3& p : {at - wide, at + wide, tip}) {
                    mesh.positions.push_back(p.cast<float>());
                    mesh.normals.push_back(outward.cast<float>());
                    mesh.uvs.push_back({});
                }
                mesh.triangles.push_back({first, first + 1, first + 2});
            }
        }
        maker.paint(painted("leaf", 0x6f7d3a));
        maker.tube({rib(0), rib(0.3), rib(0.6), rib(0.95)}, height * 0.004, 5);
    }
    maker.paint(painted("leaf", 0x55853a, "foliage")).mesh(fronds);
    maker.paint(painted("leaf", 0x33602a, "foliage")).mesh(deep);
    maker.collide_cylinder(stem[0], stem[4], height * 0.026, "", "wood");
    return maker.finish();
}

ShapePtr make_bush(double size, uint64_t seed, unsigned leaf_srgb, unsigned flower_srgb) {
    Rng rng(seed, 24);
    ShapeMaker maker("bush", "leaf");
    TriMesh bright, deep, flowers;
    const double r = size / 2;
    for (int i = 0; i < 620; ++i) {
        Vec3 d = random_direction(rng);
        d.z = std::abs(d.z);
        const double bump = 1 + 0.18 * ground_noise(d.x * 3 + 7, d.y * 3 + d.z * 2, seed);
        const Vec3 at = d * Vec3{r, r, size * 0.42} * (bump * std::cbrt(rng.uniform(0.35, 1))) +
                        Vec3{0, 0, r * 0.3};
        const Vec3 outward = normalize(d + Vec3{0, 0, 0.3});
        const Vec3 along = normalize(random_direction(rng) + outward * 0.7);
        const bool flower = flower_srgb != 0 && rng.uniform() < 0.22 && d.z > 0.15;
        add_leaf(flower                ? flowers
                 : rng.uniform() < 0.6 ? bright
                                       : deep,
                 flower ? at * 1.04 : at, along, outward,
                 size * rng.uniform(0.07, 0.12) * (flower ? 0.8 : 1));
    }
    maker.paint(painted("leaf", leaf_srgb, "foliage")).mesh(bright);
    Paint shade = painted("leaf", leaf_srgb, "foliage");
    shade.colour = *shade.colour * 0.55f;
    maker.paint(shade).mesh(deep);
    if (flower_srgb != 0) maker.paint(painted("leaf", flower_srgb)).mesh(flowers);
    // A dark heart so that light does not fall through.
    maker.paint(painted("leaf", 0x23351a));
    maker.ellipsoid({0, 0, size * 0.3}, {r * 0.72, r * 0.72, size * 0.33}, 16);
    maker.collide_sphere({0, 0, size * 0.3}, r * 0.75, "", "leaf");
    return maker.finish();
}

ShapePtr make_boulder(double size, uint64_t seed, unsigned srgb, std::string pattern) {
    ShapeMaker maker("rock", "stone");
    maker.paint(painted("stone", srgb, std::move(pattern)));
    Rng rng(seed, 25);
    const Vec3 stretch{rng.uniform(0.85, 1.2), rng.uniform(0.75, 1.0), rng.uniform(0.55, 0.8)};
    const double r = size / 2.2;
    std::vector<Vec3> planes;
    for (int i = 0; i < 14; ++i) planes.push_back(random_direction(rng));
    std::vector<base::Vec3f> hull;
    maker.sheet(32, 16, [&](double s, double t) {
        const double a = 2 * base::kPi * s, b = base::kPi * (t - 0.5);
        const Vec3 d{std::cos(a) * std::cos(b), std::sin(a) * std::cos(b), std::sin(b)};
        double reach = 1.25;
        // Cut by planes: the facets of a broken stone, their edges worn.
        for (const Vec3& n : planes) {
            const double c = dot(d, n);
            if (c > 0.1) reach = std::min(reach, 0.88 / c + 0.06);
        }
        reach *= 1 + 0.05 * ground_noise(d.x * 4 + 9, d.y * 4 + d.z * 5, seed);
        const Vec3 p = d * stretch * (r * reach) + Vec3{0, 0, r * stretch.z * 0.72};
        hull.push_back(p.cast<float>());
        return p;
    });
    maker.collide_hull(std::move(hull), "", "stone");
    return maker.finish();
}

ShapePtr make_grass_tuft(double radius, double height, int blades, uint64_t seed, unsigned srgb) {
    Rng rng(seed, 26);
    TriMesh light, dark;
    for (int i = 0; i < blades; ++i) {
        const double a = rng.uniform(0, 2 * base::kPi), r = radius * std::sqrt(rng.uniform());
        const Vec3 foot{r * std::cos(a), r * std::sin(a), 0};
        const double h = height * rng.uniform(0.5, 1.1), turn = rng.uniform(0, 2 * base::kPi);
        const Vec3 lean{std::cos(turn) * h * 0.4, std::sin(turn) * h * 0.4, 0};
        const Vec3 side = Vec3{-std::sin(turn), std::cos(turn), 0} * (height * 0.035);
        const Vec3 mid = foot + lean * 0.35 + Vec3{0, 0, h * 0.62},
                   tip = foot + lean + Vec3{0, 0, h};
        TriMesh& mesh = rng.uniform() < 0.6 ? light : dark;
        const Vec3 n = normalize(Vec3{std::cos(turn) * 0.35, std::sin(turn) * 0.35, 1});
        const auto first = static_cast<uint32_t>(mesh.positions.size());
        for (const Vec3& p : {foot - side, foot + side, mid + side * 0.7, mid - side * 0.7, tip}) {
            mesh.positions.push_back(p.cast<float>());
            mesh.normals.push_back(n.cast<float>());
            mesh.uvs.push_back({});
        }
        mesh.triangles.push_back({first, first + 1, first + 2});
        mesh.triangles.push_back({first, first + 2, first + 3});
        mesh.triangles.push_back({first + 3, first + 2, first + 4});
    }
    ShapeMaker maker("grass", "grass");
    Paint paint = painted("leaf", srgb);
    maker.paint(paint).mesh(light);
    paint.colour = *paint.colour * 0.7f;
    maker.paint(paint).mesh(dark);
    return maker.finish();
}

ShapePtr make_cactus(double height, uint64_t seed) {
    Rng rng(seed, 27);
    ShapeMaker maker("cactus", "leaf");
    maker.paint(painted("leaf", 0x4d7345, "cactus_ribs"));
    const double r = height * 0.075;
    const auto column = [&](const std::vector<Vec3>& path, double radius) {
        // Ribbed column: a tube whose section is a rosette, closed by a dome.
        const auto count = path.size();
        maker.sheet(44, static_cast<int>(count + 4), [&](double s, double t) {
            const double u = t * (count - 1);
            const auto k = std::min(count - 2, static_cast<size_t>(u));
            const Vec3 at = lerp(path[k], path[k + 1], u - static_cast<double>(k));
            const Vec3 w = normalize(path[k + 1] - path[k]);
            const Vec3 x = any_perpendicular(w), y = cross(w, x);
            const double a = 2 * base::kPi * s;
            const double dome =
                std::sqrt(std::max(0.0, 1 - std::pow(std::max(0.0, (t - 0.86) / 0.14), 2)));
            const double rr = radius * dome * (1 + 0.07 * std::cos(11 * a));
            return at + x * (rr * std::cos(a)) + y * (rr * std::sin(a));
        });
    };
    column({{0, 0, 0},
            {0, 0, height * 0.3},
            {0, 0, height * 0.6},
            {0, 0, height * 0.9},
            {0, 0, height}},
           r);
    for (int arm = 0; arm < 2; ++arm) {
        const double a = rng.uniform(0, 1) + arm * base::kPi, z = height * (0.38 + 0.12 * arm);
        const Vec3 out{std::cos(a), std::sin(a), 0};
        column({out * (r * 0.4) + Vec3{0, 0, z}, out * (r * 2.2) + Vec3{0, 0, z + r * 0.3},
                out * (r * 3.0) + Vec3{0, 0, z + r * 1.6},
                out * (r * 3.05) + Vec3{0, 0, z + height * 0.2},
                out * (r * 3.05) + Vec3{0, 0, z + height * 0.3}},
               r * 0.68);
    }
    maker.collide_cylinder({0, 0, 0}, {0, 0, height}, r, "", "leaf");
    return maker.finish();
}

void add_ground(SetBuilder& set, Vec3 low, Vec3 high, int columns, int rows, Paint own, double flat,
                const std::function<double(double, double)>& height) {
    const Paint paint = set.floor_paint(std::move(own));
    ShapeMaker maker("floor", paint.material);
    maker.paint(paint);
    // Grid lines are pulled toward the stage, where the eye is.
    const auto spread = [](double s, double a, double b) {
        const double u = 2 * s - 1, bent = 0.35 * u + 0.65 * u * std::abs(u);
        const double mid = std::clamp(0.0, a, b);
        return bent < 0 ? mid + (mid - a) * bent : mid + (b - mid) * bent;
    };
    maker.sheet(columns, rows, [&](double s, double t) {
        const double x = spread(s, low.x, high.x), y = spread(t, low.y, high.y);
        const double beyond = std::max(std::abs(x), std::abs(y)) - flat;
        const double share = std::clamp(beyond / (flat * 0.8), 0.0, 1.0);
        return Vec3{x, y, height(x, y) * share * share * (3 - 2 * share)};
    });
    maker.collide_last_sheet("", paint.material);
    // Exact in play: the mesh is flat there too, the box lies under it.
    maker.collide_box({0, 0, -0.5}, {2 * flat, 2 * flat, 1.0}, "", paint.material);
    set.add("floor", maker.finish());
}

ShapePtr make_ridge(double distance, double low_height, double high_height, uint64_t seed,
                    Paint paint, double from_deg, double to_deg, double roughness) {
    ShapeMaker maker("ridge", "stone");
    maker.paint(std::move(paint));
    const double span = (to_deg - from_deg) * base::kPi / 180, start = from_deg * base::kPi / 180;
    maker.sheet(160, 14, [&](double s, double t) {
        const double a = start + span * (1 - s);
        const double n = 0.5 + 0.5 * ground_fbm(s * 9 + 3, 0.5, seed, 5) * 1.6;
        const double crest = low_height + (high_height - low_height) * std::clamp(n, 0.0, 1.0);
        // Spurs run down toward the viewer: the slope is not a plain ramp.
        const double spur =
            ground_fbm(s * 26, t * 3, seed + 9, 4) * roughness * 0.22 * std::sin(base::kPi * t);
        const double r = distance * (1 - 0.36 * (1 - t));
        const double z =
            crest * std::clamp(std::pow(t, 1.25) + spur, -0.1, 1.2) - 0.04 * high_height;
        return Vec3{r * std::cos(a), r * std::sin(a), z};
    });
    return maker.finish();
}

}  // namespace world
