// Times named scenes of the simulator: seconds of work for one simulated second, one core.
//   sim_bench [SCENE ...]      without names: all
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "world/step/bench_world.h"

namespace {

using namespace world;
using namespace world::bench;

Scene boxes(int count) {
    Scene scene;
    scene.bodies = {bench::floor("wood")};
    base::Rng random(3);
    for (int i = 0; i < count; ++i) {
        Body b =
            box("box_" + std::to_string(i + 1), {0.05, 0.05, 0.05},
                {0.25 * (i % 6) - 0.6, 0.25 * (i / 6 % 6) - 0.6, 0.2 + 0.2 * (i / 36)}, "wood");
        b.pose.translation += Vec3{random.uniform(-0.05, 0.05), random.uniform(-0.05, 0.05), 0};
        b.pose.rotation = base::Quat::from_axis_angle(
            normalize(Vec3{random.normal(), random.normal(), 1}), random.uniform(0, 3));
        scene.bodies.push_back(b);
    }
    return scene;
}

Scene wall(bool with_ball) {
    Scene scene;
    scene.bodies = {bench::floor("concrete")};
    const Vec3 half{0.105, 0.05, 0.0325};
    for (int i = 0; i < 150; ++i) {
        const int row = i / 10;
        Body b = box(
            "brick_" + std::to_string(i + 1), half,
            {(i % 10 - 4.5) * 0.21 + (row % 2 ? 0.0525 : -0.0525), 0, half.z + row * 2 * half.z},
            "brick");
        b.asleep = true;
        scene.bodies.push_back(b);
    }
    if (with_ball) {
        Body heavy = ball("wrecking_ball", 0.25, {0, -3, 0.5}, "iron");
        heavy.velocity_mps = {0, 6, 1};
        scene.bodies.push_back(heavy);
    }
    return scene;
}

Scene throw_one() {
    Scene scene;
    scene.bodies = {bench::floor("wood"), ball("ball", 0.12, {0, 0, 2}, "rubber")};
    scene.bodies[1].velocity_mps = {3, 0, 4};
    return scene;
}

Scene sheet() {
    Scene scene;
    Cloth cloth;
    cloth.columns = cloth.rows = 40;
    cloth.pose.translation = {-0.5, -0.5, 1};
    scene.cloths = {cloth};
    scene.bodies = {bench::floor("wood"), ball("ball", 0.2, {0, 0, 0.2}, "stone")};
    return scene;
}

void time_scene(const std::string& name, const Scene& scene, double seconds) {
    // Processor time, so that a busy machine does not change the figures.
    const auto start = std::clock();
    const auto since = [&] { return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; };
    Trial run(scene);
    const double making = since();
    run.to(seconds);
    const double all = since();
    std::printf("%-14s %4zu bodies  create %6.2f ms  %6.3f s per simulated s  %zu events\n",
                name.c_str(), scene.bodies.size(), making * 1e3, (all - making) / seconds,
                run.events.size());
}

}  // namespace

int main(int argc, char** argv) {
    const auto wanted = [&](const std::string& name) {
        for (int i = 1; i < argc; ++i) {
            if (name == argv[i]) return true;
        }
        return argc == 1;
    };
    if (wanted("throw")) time_scene("throw", throw_one(), 5);
    if (wanted("boxes_300")) time_scene("boxes_300", boxes(300), 3);
    if (wanted("wall_asleep")) time_scene("wall_asleep", wall(false), 5);
    if (wanted("wall_hit")) time_scene("wall_hit", wall(true), 4);
    if (wanted("cloth_40")) time_scene("cloth_40", sheet(), 2);
    return 0;
}
