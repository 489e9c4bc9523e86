#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/integrate/tracer.h"
#include "render/render.h"
#include "render/scene/threads.h"
#include "render/style/tone.h"

namespace render {
namespace {

struct Effort {
    int samples;
    int probes, probe_rays;
    int sky_width;
};
Effort effort_of(Quality quality) {
    switch (quality) {
        case Quality::Draft: return {2, 1200, 48, 1024};
        case Quality::Standard: return {4, 4000, 96, 2048};
        case Quality::Final: return {12, 8000, 160, 4096};
    }
    return {};
}

class HybridRenderer : public Renderer {
public:
    HybridRenderer(const Stage& stage, const Settings& settings)
        : stage_(stage),
          settings_(settings),
          effort_(effort_of(settings.quality)),
          threads_(settings.threads),
          geometry_(stage, settings) {
        const bool open_air = stage.set && (stage.set->has_sky || stage.set->room.outdoors);
        if (open_air)
            sky_ = std::make_unique<Sky>(stage.time, stage.weather, settings.seed,
                                         effort_.sky_width, threads_);
        lights_ = LightSet::build(stage, settings, sky_.get());
        const world::Room room = stage.set ? stage.set->room : world::Room{};
        const Vec3f size = (room.high - room.low).cast<float>();
        Vec3f flux{};
        for (const Light& light : lights_.lights) {
            if (light.kind == Light::Kind::Distant) continue;
            const float area = light.kind == Light::Kind::Sphere
                                   ? 12.566f * light.radius * light.radius
                                   : 4 * length(cross(light.half_u, light.half_v));
            flux += light.luminance * (3.14159f * area);
        }
        const float walls = 2 * (size.x * size.y + size.y * size.z + size.z * size.x);
        const Vec3f void_light = flux / std::max(1.f, walls) * (0.35f / 3.14159f);
        const float gather =
            room.outdoors ? 3.f : std::clamp(0.25f * std::min({size.x, size.y, size.z}), 0.3f, 2.f);
        tracer_ = std::make_unique<Tracer>(
            geometry_, lights_, sky_.get(), void_light, settings.style == Style::Noir ? 0.03f : 1.f,
            TracerOptions{.gather_m = gather, .seed = settings.seed});
    }
    base::Result<Picture> render(const FrameInput& input, const base::CancelToken* cancel) override;

private:
    Stage stage_;
    Settings settings_;
    Effort effort_;
    Threads threads_;
    StageGeometry geometry_;
    std::unique_ptr<Sky> sky_;
    LightSet lights_;
    std::unique_ptr<Tracer> tracer_;
    std::unique_ptr<ProbeGrid> probes_;
    float exposure_ = 0;
    CameraFrame before_;
};

base::Result<Picture> HybridRenderer::render(const FrameInput& input,
                                             const base::CancelToken* cancel) {
    const int w = settings_.width_px, h = settings_.height_px;
    geometry_.update(*input.open, input.close ? *input.close : *input.open);
    tracer_->set_frame(input.time_s, 1e9f, 300);
    if (!probes_) {
        const world::Room room = stage_.set ? stage_.set->room : world::Room{};
        ProbeGrid::Plan plan;
        plan.bounds.low = room.low.cast<float>();
        plan.bounds.high = room.high.cast<float>();
        if (room.outdoors)
            plan.bounds.high.z = std::min(plan.bounds.high.z, plan.bounds.low.z + 8.f);
        plan.most_probes = effort_.probes;
        plan.rays = effort_.probe_rays;
        probes_ = std::make_unique<ProbeGrid>(plan, *tracer_, threads_);
        tracer_->set_probes(probes_.get());
    }
    const CameraFrame now(input.camera_open, w, h), close(input.camera_close, w, h);
    std::vector<Vec3f> light(static_cast<size_t>(w) * h);
    constexpr int kBlock = 4;
    const int columns = (w + kBlock - 1) / kBlock, rows = (h + kBlock - 1) / kBlock;
    threads_.for_each(rows, [&](int row) {
        if (cancel && cancel->cancelled()) return;
        for (int column = 0; column < columns; ++column) {
            std::vector<PixelTask> tasks;
            for (int i = 0; i < kBlock * kBlock; ++i) {
                const int x = column * kBlock + i % kBlock, y = row * kBlock + i / kBlock;
                if (x < w && y < h) tasks.push_back({x, y, 0});
            }
            PixelSample samples[RayPacket::kSize];
            for (int s = 0; s < effort_.samples; ++s) {
                for (PixelTask& task : tasks) task.sample = static_cast<uint32_t>(s);
                tracer_->sample(now, now, close, tasks, samples);
                for (size_t i = 0; i < tasks.size(); ++i) {
                    const PixelSample& p = samples[i];
                    light[static_cast<size_t>(tasks[i].y) * w + static_cast<size_t>(tasks[i].x)] +=
                        (p.emitted + p.albedo * p.diffuse + p.specular) /
                        static_cast<float>(effort_.samples);
                }
            }
        }
    });
    if (cancel) TRY(cancel->check());
    double sum = 0;
    for (const Vec3f& c : light) sum += std::log(1e-3 + base::luminance(c));
    const auto average = static_cast<float>(std::exp(sum / static_cast<double>(light.size())));
    exposure_ = settings_.exposure_ev
                    ? static_cast<float>(1 / (1.2 * std::exp2(*settings_.exposure_ev)))
                    : 0.16f / average;
    Grade grade = grade_for(settings_.style);
    grade.exposure = exposure_;
    grade.white = lights_.white;
    Picture picture;
    picture.image = base::Image8(w, h, 3);
    for (size_t i = 0; i < light.size(); ++i) {
        const Vec3f c = develop(light[i], grade);
        for (int k = 0; k < 3; ++k) {
            picture.image.data[3 * i + static_cast<size_t>(k)] =
                static_cast<uint8_t>(std::lround(255 * base::linear_to_srgb(c[k])));
        }
    }
    return picture;
}

}  // namespace

base::Result<std::unique_ptr<Renderer>> Renderer::create(
    const Stage& stage, const Settings& settings, const std::function<void(double)>& progress,
    const base::CancelToken* cancel) {
    if (!stage.scene) return base::failed("nothing to draw: the stage has no scene");
    if (settings.width_px < 1 || settings.height_px < 1)
        return base::usage_error("the picture has no size");
    if (cancel) TRY(cancel->check());
    auto renderer = std::make_unique<HybridRenderer>(stage, settings);
    if (progress) progress(1);
    return std::unique_ptr<Renderer>(std::move(renderer));
}

}  // namespace render
