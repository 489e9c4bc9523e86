// Capsules along the limbs, for things to bounce off.
#include <array>

#include "base/core/check.h"
#include "world/figure/figure.h"
#include "world/figure/joints.h"
#include "world/figure/limbs.h"
#include "world/figure/motion/performance.h"

namespace world {

using base::Quat;
using base::Transform;
using base::Vec3;

std::vector<Limb> figure_limbs(const FigureModel& figure) {
    const Skeleton skeleton = build_skeleton(figure);
    const double h = figure.height_m;
    std::vector<Limb> limbs;
    const auto add = [&](int from, int to, double radius) {
        const Vec3 along = skeleton[static_cast<size_t>(to)].rest.translation;
        limbs.push_back({from, along * 0.5, Quat::between({0, 0, 1}, base::normalize(along)),
                         radius, base::length(along) * 0.5});
    };
    const auto radius = [&](int joint) { return skeleton[static_cast<size_t>(joint)].radius_m; };
    limbs.push_back({kPelvis,
                     {0, 0, 0},
                     Quat::from_axis_angle({1, 0, 0}, base::kPi / 2),
                     radius(kPelvis),
                     0.035 * h});
    limbs.push_back({kSpine2,
                     {0, 0, 0},
                     Quat::from_axis_angle({1, 0, 0}, base::kPi / 2),
                     radius(kSpine2),
                     0.035 * h});
    limbs.push_back({kSpine3,
                     {0, 0, 0.01 * h},
                     Quat::from_axis_angle({1, 0, 0}, base::kPi / 2),
                     radius(kSpine3),
                     0.06 * h});
    limbs.push_back({kHead, {0.01 * h, 0, 0.030 * h}, {}, radius(kHead), 0.02 * h});
    for (const Side side : kSides) {
        const auto arm = [&](int part) { return arm_joint(side, part); };
        const auto leg = [&](int part) { return leg_joint(side, part); };
        add(arm(kUpperArm), arm(kForearm), radius(arm(kUpperArm)));
        add(arm(kForearm), arm(kHand), radius(arm(kForearm)));
        limbs.push_back({arm(kHand), {0, 0, -0.055 * h}, {}, 0.018 * h, 0.030 * h});
        add(leg(kThigh), leg(kShin), radius(leg(kThigh)));
        add(leg(kShin), leg(kFoot), radius(leg(kShin)));
        // The foot lies level whatever the skeleton's slant: half way between heel and toes.
        limbs.push_back({leg(kFoot),
                         {0.040 * h, 0, -0.022 * h},
                         Quat::from_axis_angle({0, 1, 0}, base::kPi / 2),
                         0.020 * h,
                         0.05 * h});
    }
    return limbs;
}

int add_figure_bodies(Scene& scene, int figure_index) {
    CHECK(figure_index >= 0 && figure_index < static_cast<int>(scene.figures.size()),
          "the figure is in the scene");
    const FigureModel& figure = *scene.figures[static_cast<size_t>(figure_index)];
    const int first = static_cast<int>(scene.bodies.size());
    const JointPoses joints = Performance::compile(figure).joints_at(0);
    for (const Limb& limb : figure_limbs(figure)) {
        auto shape = std::make_shared<Shape>();
        shape->name = "limb";
        CollisionPart part;
        part.kind = CollisionKind::Capsule;
        part.half_extents = {limb.radius_m, limb.radius_m, limb.half_length_m};
        shape->collision.push_back(part);
        const double r = limb.radius_m;
        shape->volume_m3 = base::kPi * r * r * (2 * limb.half_length_m + 4.0 / 3 * r);
        shape->default_material = "flesh";
        shape->bounds.add(Vec3{-r, -r, -limb.half_length_m - r});
        shape->bounds.add(Vec3{r, r, limb.half_length_m + r});
        Body body;
        body.name = figure.name + "." + std::string(joint_name(limb.joint));
        body.kind = "limb";
        body.shape = shape;
        body.material = "flesh";
        body.motion = Motion::Driven;
        body.pose = joints[static_cast<size_t>(limb.joint)] * Transform{limb.centre, limb.turn};
        scene.bodies.push_back(std::move(body));
    }
    return first;
}

}  // namespace world
