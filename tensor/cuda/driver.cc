#include "tensor/cuda/driver.h"

#include <dlfcn.h>

#include <initializer_list>

namespace tensor::cuda {
namespace {

class Library {
public:
    explicit Library(std::initializer_list<const char*> names) {
        for (const char* name : names) {
            if (!handle_) handle_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
        }
    }
    bool found() const { return handle_ != nullptr; }

    // Notes the first name that is not there.
    template <typename Function>
    void find(Function*& function, const char* name) {
        function = reinterpret_cast<Function*>(dlsym(handle_, name));
        if (!function && missing_.empty()) missing_ = name;
    }
    const std::string& missing() const { return missing_; }

private:
    void* handle_ = nullptr;
    std::string missing_;
};

}  // namespace

std::string Driver::text(int error) const {
    const char* text = nullptr;
    if (error_text(error, &text) == 0 && text) return text;
    return "CUDA error " + std::to_string(error);
}

base::Result<Driver> load_driver() {
    Library library({"libcuda.so.1", "libcuda.so"});
    if (!library.found())
        return base::failed("there is no NVIDIA driver here: libcuda.so.1 cannot be loaded");
    Driver d{};
    library.find(d.init, "cuInit");
    library.find(d.device_count, "cuDeviceGetCount");
    library.find(d.device_get, "cuDeviceGet");
    library.find(d.device_name, "cuDeviceGetName");
    library.find(d.retain_context, "cuDevicePrimaryCtxRetain");
    library.find(d.set_context, "cuCtxSetCurrent");
    library.find(d.stream_create, "cuStreamCreate");
    library.find(d.stream_wait, "cuStreamSynchronize");
    library.find(d.allocate, "cuMemAllocAsync");
    library.find(d.release, "cuMemFreeAsync");
    library.find(d.to_device, "cuMemcpyHtoDAsync_v2");
    library.find(d.to_host, "cuMemcpyDtoHAsync_v2");
    library.find(d.copy, "cuMemcpyDtoDAsync_v2");
    library.find(d.load_module, "cuModuleLoadData");
    library.find(d.get_function, "cuModuleGetFunction");
    library.find(d.set_attribute, "cuFuncSetAttribute");
    library.find(d.launch, "cuLaunchKernel");
    library.find(d.error_text, "cuGetErrorString");
    if (!library.missing().empty())
        return base::failed("the NVIDIA driver is too old: it has no " + library.missing() +
                            "; CUDA 11.2 or newer is needed");
    return d;
}

base::Result<Products> load_products() {
    Library library({"libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11"});
    if (!library.found())
        return base::failed(
            "cuBLASLt cannot be loaded: install libcublas, or name its folder in LD_LIBRARY_PATH");
    Products p{};
    library.find(p.create, "cublasLtCreate");
    library.find(p.describe, "cublasLtMatmulDescCreate");
    library.find(p.release_description, "cublasLtMatmulDescDestroy");
    library.find(p.set, "cublasLtMatmulDescSetAttribute");
    library.find(p.layout, "cublasLtMatrixLayoutCreate");
    library.find(p.release_layout, "cublasLtMatrixLayoutDestroy");
    library.find(p.set_layout, "cublasLtMatrixLayoutSetAttribute");
    library.find(p.multiply, "cublasLtMatmul");
    if (!library.missing().empty())
        return base::failed("this cuBLASLt has no " + library.missing());
    return p;
}

}  // namespace tensor::cuda
