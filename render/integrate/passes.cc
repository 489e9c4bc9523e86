#include "render/integrate/passes.h"

#include <limits>

#include "render/scene/threads.h"

namespace render {

Passes draw_passes(const StageGeometry& geometry, const CameraFrame& now, const CameraFrame& before,
                   double time_s, const Threads& threads) {
    const int w = now.width_px, h = now.height_px;
    Passes passes;
    passes.depth_m = base::ImageF(w, h, 1);
    passes.normal = base::ImageF(w, h, 3);
    passes.motion_px = base::ImageF(w, h, 2);
    passes.albedo = base::ImageF(w, h, 3);
    passes.body_id = base::ImageT<int32_t>(w, h, 1);
    passes.right = now.right.cast<double>();
    passes.up = now.up.cast<double>();
    passes.forward = now.forward.cast<double>();
    threads.for_each(h, [&](int y) {
        for (int first = 0; first < w; first += RayPacket::kSize) {
            RayPacket packet;
            Vec3f directions[RayPacket::kSize];
            for (int lane = 0; lane < RayPacket::kSize; ++lane) {
                const bool on = first + lane < w;
                directions[lane] = now.direction(static_cast<float>(first + lane) + 0.5f,
                                                 static_cast<float>(y) + 0.5f);
                packet.set(lane, now.eye, directions[lane], 0, on ? 1e6f : -1, kSeen);
            }
            geometry.rays().intersect(packet);
            for (int lane = 0; lane < RayPacket::kSize && first + lane < w; ++lane) {
                const int x = first + lane;
                const float cx = static_cast<float>(x) + 0.5f, cy = static_cast<float>(y) + 0.5f;
                const RayHit ray = packet.hit(lane);
                Vec3f was = before.eye + directions[lane] * 1e5f;  // the sky is far away
                *passes.body_id.at(x, y) = -1;
                *passes.depth_m.at(x, y) = std::numeric_limits<float>::infinity();
                if (ray.instance >= 0) {
                    const SurfaceHit hit = geometry.resolve(ray, directions[lane]);
                    was = geometry.position_before(hit);
                    *passes.depth_m.at(x, y) = dot(hit.position - now.eye, now.forward);
                    *passes.body_id.at(x, y) = hit.part->body_id;
                    Vec3f n = hit.inside ? -hit.shading_normal : hit.shading_normal,
                          albedo{1, 1, 1};
                    if (hit.part->lamp < 0)
                        albedo =
                            geometry
                                .surface(hit, hit.t * now.pixel_angle(), static_cast<float>(time_s))
                                .albedo;
                    for (int k = 0; k < 3; ++k) {
                        passes.normal.at(x, y)[k] = n[k];
                        passes.albedo.at(x, y)[k] = albedo[k];
                    }
                }
                float px = cx, py = cy;
                before.project(was, px, py);
                passes.motion_px.at(x, y)[0] = px - cx;
                passes.motion_px.at(x, y)[1] = py - cy;
            }
        }
    });
    return passes;
}

}  // namespace render
