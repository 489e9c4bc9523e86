// --passes DIR: what the renderer knows beyond the picture, for other tools. One file per frame and
// pass: depth (EXR, metres), normal and motion (EXR), albedo (EXR), ids (16-bit PNG) with a legend.
#pragma once

#include <memory>
#include <string>

#include "base/core/result.h"
#include "render/render.h"
#include "script/shots/shot_list.h"

namespace studio {

class PassWriter {
public:
    static base::Result<std::unique_ptr<PassWriter>> create(const std::string& folder,
                                                            const script::ShotList& shots);
    base::Status write(int64_t frame, const render::Passes& passes);
    base::Status finish();

private:
    std::string folder_;
};

}  // namespace studio
