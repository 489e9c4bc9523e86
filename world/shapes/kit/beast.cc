#include "world/shapes/kit/beast.h"

#include <cmath>

#include "world/shapes/kit/solids.h"

namespace world::kit {

Vec3 head_direction(const Beast& b, Vec3 v) {
    const double p = b.pitch * kPi / 180;
    return {v.x * std::cos(p) + v.z * std::sin(p), v.y, -v.x * std::sin(p) + v.z * std::cos(p)};
}
Vec3 head_point(const Beast& b, Vec3 v) {
    return Vec3{b.head.x, 0, b.head.y} + head_direction(b, v) * b.skull;
}

Blob beast_body(const Beast& b) {
    Blob body;
    const double chest_z = b.withers - b.chest.y, rump_z = b.croup - b.rump.y;
    const double waist_z = 0.5 * (b.withers + b.croup) - 0.02 - b.waist.y;
    body.blend(b.blend).group(0);
    body.egg({0.3, 0, chest_z}, {0.34, b.chest.x, b.chest.y});
    body.egg({-0.04, 0, waist_z}, {0.5, b.waist.x, b.waist.y});
    body.egg({-0.36, 0, rump_z}, {0.26, b.rump.x, b.rump.y});
    const Vec3 neck0{0.38, 0, b.withers - b.neck.x * 1.15};
    const Vec3 head{b.head.x, 0, b.head.y};
    const Vec3 neck1 = head + head_direction(b, {-0.35 * b.skull, 0, -0.15 * b.skull});
    body.blend(b.blend * 1.3).bone(neck0, b.neck.x, neck1, b.neck.y);

    body.blend(b.blend * 0.5).group(1).ball(head, b.skull);
    const auto at = [&](double forward, double up) {
        return head + head_direction(b, {forward, 0, up});
    };
    const double tip = b.skull * 0.55 + b.muzzle;
    body.bone(at(b.skull * 0.35, -b.skull * 0.28), b.muzzle_radius.x,
              at(tip - b.muzzle_radius.y, -b.skull * 0.28 - b.muzzle_drop), b.muzzle_radius.y);
    // Lower jaw, a little shorter.
    body.blend(b.blend * 0.25)
        .bone(at(b.skull * 0.2, -b.skull * 0.55 - b.muzzle_drop * 0.4), b.muzzle_radius.x * 0.7,
              at(tip - b.muzzle_radius.y * 1.5,
                 -b.skull * 0.28 - b.muzzle_drop - b.muzzle_radius.y * 0.72),
              b.muzzle_radius.y * 0.55);
    if (b.eye > 0) {  // brows
        body.blend(b.blend * 0.4)
            .both()
            .ball(head_point(b, b.eye_at * Vec3{0.85, 0.8, 1.25}), b.skull * 0.24);
    }

    const double low = b.hoof ? b.foot.z * 1.6 : b.foot.z;
    body.both().blend(b.blend * 0.9).group(2);
    const double s = b.stance, h = b.withers;
    body.chain({{{0.40, b.chest.x * 0.62, h - b.chest.y * 0.95}, b.shoulder},
                {{0.33, s * 1.05, h * 0.52}, b.knee * 1.45},
                {{0.39, s, h * 0.27}, b.knee},
                {{0.385, s, low + b.ankle}, b.ankle}});
    body.group(3);
    const double c = b.croup;
    body.chain({{{-0.42, b.rump.x * 0.6, c - b.rump.y * 1.05}, b.thigh},
                {{-0.42 + b.hock, s * 1.1, c * 0.53}, b.thigh * 0.62},
                {{-0.42 - b.hock * 0.75, s, c * 0.29}, b.knee * 0.9},
                {{-0.42 - b.hock * 0.25, s, low + b.ankle}, b.ankle * 1.05}});
    body.blend(b.blend * 0.4);
    if (!b.hoof) {
        for (const double x : {0.385, -0.42 - b.hock * 0.25}) {
            body.group(x > 0 ? 2 : 3);
            body.egg({x + b.foot.x * 0.45, s, b.foot.z}, b.foot);
            for (const double side : {-0.5, 0.5}) {  // toes
                body.egg({x + b.foot.x * 1.1, s + side * b.foot.y * 0.95, b.foot.z * 0.72},
                         {b.foot.x * 0.42, b.foot.y * 0.48, b.foot.z * 0.72});
            }
        }
    }
    body.one().group(4).blend(b.blend * 0.6);
    if (b.tail.size() > 1) body.chain(b.tail);
    return body;
}

namespace {

// The joints lie where beast_body() bends its limbs.
BeastRig rig_of(const Beast& b) {
    BeastRig rig;
    const double s = b.stance, h = b.withers, c = b.croup;
    const BeastRig::Leg fore{{0.40, b.chest.x * 0.62, h - b.chest.y * 0.95},
                             {0.33, s * 1.05, h * 0.52},
                             {0.39, s, h * 0.27},
                             {0.385, s, 0},
                             b.shoulder,
                             b.ankle};
    const BeastRig::Leg hind{{-0.42, b.rump.x * 0.6, c - b.rump.y * 1.05},
                             {-0.42 + b.hock, s * 1.1, c * 0.53},
                             {-0.42 - b.hock * 0.75, s, c * 0.29},
                             {-0.42 - b.hock * 0.25, s, 0},
                             b.thigh,
                             b.ankle};
    const auto mirrored = [](BeastRig::Leg leg) {
        for (Vec3* p : {&leg.hip, &leg.knee, &leg.ankle, &leg.foot}) p->y = -p->y;
        return leg;
    };
    rig.legs = {fore, mirrored(fore), hind, mirrored(hind)};
    rig.chest = {0.3, 0, h - b.chest.y};
    rig.rump = {-0.36, 0, c - b.rump.y};
    rig.trunk_m = 0.5 * (b.chest.y + b.rump.y);
    rig.neck = {0.38, 0, h - b.neck.x * 1.15};
    rig.head = {b.head.x, 0, b.head.y};
    rig.muzzle = rig.head + head_direction(b, {b.skull * 0.55 + b.muzzle, 0, -b.skull * 0.28});
    rig.neck_m = 0.5 * (b.neck.x + b.neck.y);
    rig.head_m = b.skull * 1.2;
    rig.tail = {-0.58, 0, c - 0.09};
    rig.tail_tip = rig.tail - Vec3{0.15, 0, 0.6};  // of hair that a noun adds
    rig.tail_m = 0.06;
    if (b.tail.size() > 1) {
        rig.tail = b.tail.front().at;
        rig.tail_tip = b.tail.back().at;
        rig.tail_m = b.tail.front().radius;
    }
    return rig;
}

}  // namespace

Mesh flap(const std::vector<Vec3>& spine, double width, Vec3 across, double cup, double thickness,
          double tip) {
    const std::vector<Vec3> path = spline3(spine, false, 5);
    const int n = static_cast<int>(path.size()) - 1;
    const Vec3 side = base::normalize(across);
    return sheet(
        6, n,
        [&](double u, double v) {
            const int i = static_cast<int>(std::lround(v * n));
            const Vec3 along = base::normalize(path[std::min(i + 1, n)] - path[std::max(i - 1, 0)]);
            const Vec3 out = base::normalize(base::cross(side, along));
            const double swell = std::pow(std::sin(kPi * (0.22 + 0.78 * v)), 0.75);
            const double w = width * std::max(swell, v > 0.999 ? tip : 0.0);
            const double s = u - 0.5;
            return path[i] + side * (s * w) + out * (cup * width * (4 * s * s - 0.5));
        },
        thickness);
}

Mesh surface_line(const Blob& body, const std::vector<Vec3>& near, Vec3 direction, double radius) {
    std::vector<Vec3> path;
    for (const Vec3& p : spline3(near, false, 4)) path.push_back(body.on_surface(p, direction));
    return tube(path, {radius}, {.sides = 8, .steps = 1});
}

Mesh horn(const std::vector<Vec3>& spine, double radius) {
    std::vector<double> radii;
    for (size_t i = 0; i < spine.size(); ++i) {
        radii.push_back(radius * (1 - 0.93 * double(i) / double(spine.size() - 1)));
    }
    return tube(spine, radii, {.sides = 12});
}

void add_beast(Maker& m, const Beast& b, const Blob& body, const std::vector<Patch>& patches) {
    Mesh coat = body.mesh(b.cells);
    m.collide_groups(body, coat);
    for (const Patch& patch : patches) {
        auto [in, out] = split(coat, patch.inside);
        m.add(patch.name, std::move(in), patch.look);
        coat = std::move(out);
    }
    m.add("body", std::move(coat));

    if (!b.ear.empty()) {
        std::vector<Vec3> spine, inner;
        for (const Vec3& p : b.ear) spine.push_back(head_point(b, p));
        const Vec3 across = head_direction(b, {-0.35, 0.94, 0});
        const double thick = 0.13 * b.skull;
        Mesh ear = flap(spine, b.ear_width * b.skull, across, b.ear_cup, thick);
        m.add("ear", ear.mirror_y());
        if (b.ear_inside_hex) {
            for (const Vec3& p : spine) inner.push_back(base::lerp(spine[0], p, 0.86));
            const Vec3 along = base::normalize(spine.back() - spine.front());
            const Vec3 face = base::normalize(base::cross(across, along));
            const double sign = face.x < 0 ? -1 : 1;
            Mesh inside =
                flap(inner, b.ear_width * b.skull * 0.66, across, b.ear_cup * 1.1, thick * 0.5)
                    .move(face * (sign * thick * 0.5));
            m.add("ear inside", inside.mirror_y(), own(b.ear_inside_hex));
        }
    }
    if (b.eye > 0) {
        const Vec3 out = head_direction(b, base::normalize(b.eye_at));
        const Vec3 spot =
            body.on_surface(Vec3{b.head.x, 0, b.head.y} + out * (b.skull * 2.2), -out);
        add_eyes(m, spot - out * (b.eye * 0.35), b.eye);
    }
    if (b.nose > 0) {
        const double tip = b.skull * 0.55 + b.muzzle;
        const Vec3 start =
            Vec3{b.head.x, 0, b.head.y} +
            head_direction(
                b, {tip + b.skull, 0, -b.skull * 0.28 - b.muzzle_drop + b.muzzle_radius.y * 0.45});
        const Vec3 spot = body.on_surface(start, head_direction(b, {-1, 0, 0}));
        m.add("nose",
              ellipsoid({}, {b.nose * 0.75, b.nose * 1.1, b.nose * 0.8}, 20)
                  .turn_y(b.pitch)
                  .move(spot),
              of("resin", b.nose_hex));
    }
    if (b.mouth) {
        const double tip = b.skull * 0.55 + b.muzzle;
        const auto at = [&](double forward, double side, double up) {
            return Vec3{b.head.x, 0, b.head.y} + head_direction(b, {forward, side, up});
        };
        const double low = -b.skull * 0.28 - b.muzzle_drop - b.muzzle_radius.y * 0.42;
        std::vector<Vec3> path;
        for (const double t : {0.12, 0.4, 0.7, 0.92}) {
            const double w = b.muzzle_radius.x + b.muzzle_radius.y;
            path.push_back(
                at(tip * t + 0.15 * b.skull * (1 - t), 2.2 * w, low + 0.22 * b.skull * (1 - t)));
        }
        Mesh line = surface_line(body, path, {0, -1, 0}, b.skull * 0.035);
        m.add("mouth", line.mirror_y(), of("rubber", 0x2a1712));
    }
    if (b.hoof) {
        const double r = b.ankle;
        const Mesh one = lathe({{0, 0},
                                {r * 1.45, 0},
                                {r * 1.5, r * 0.2},
                                {r * 1.08, b.foot.z * 1.6 + r * 0.9},
                                {0, b.foot.z * 1.6 + r * 0.9}},
                               r * 0.1, 24)
                             .scale(1.12, 1, 1);
        Mesh hooves;
        for (const double x : {0.395, -0.41 - b.hock * 0.25})
            hooves.add(Mesh(one).move(x, b.stance, 0));
        m.add("hoof", hooves.mirror_y(), of("bone", 0x2c241d));
    }
    m.beast(rig_of(b));
    m.anchor("top", {0, 0, b.withers});
    m.anchor("mouth", Vec3{b.head.x, 0, b.head.y} +
                          head_direction(b, {b.skull * 0.55 + b.muzzle, 0, -b.skull * 0.5}));
}

}  // namespace world::kit
