// The functions of libcuda and libcublasLt that the backend calls, found with dlopen. The types are
// those of the libraries' C interface (CUDA Driver API; cuBLAS, section cublasLt), declared here so
// that the build needs no header of theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/core/result.h"

namespace tensor::cuda {

using Address = unsigned long long;  // CUdeviceptr
using Handle = void*;                // contexts, modules, functions, streams, descriptors

struct Driver {
    int (*init)(unsigned flags);
    int (*device_count)(int* count);
    int (*device_get)(int* device, int ordinal);
    int (*device_name)(char* name, int length, int device);
    int (*retain_context)(Handle* context, int device);
    int (*set_context)(Handle context);
    int (*stream_create)(Handle* stream, unsigned flags);
    int (*stream_wait)(Handle stream);
    int (*allocate)(Address* memory, size_t bytes, Handle stream);
    int (*release)(Address memory, Handle stream);
    int (*to_device)(Address to, const void* from, size_t bytes, Handle stream);
    int (*to_host)(void* to, Address from, size_t bytes, Handle stream);
    int (*copy)(Address to, Address from, size_t bytes, Handle stream);
    int (*load_module)(Handle* module, const void* image);
    int (*get_function)(Handle* function, Handle module, const char* name);
    int (*set_attribute)(Handle function, int attribute, int value);
    int (*launch)(Handle function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                  unsigned bz, unsigned shared_bytes, Handle stream, void** parameters,
                  void** extra);
    int (*error_text)(int error, const char** text);

    std::string text(int error) const;
};

struct Products {
    int (*create)(Handle* handle);
    int (*describe)(Handle* operation, int compute_type, int scale_type);
    int (*release_description)(Handle operation);
    int (*set)(Handle operation, int attribute, const void* value, size_t bytes);
    int (*layout)(Handle* layout, int type, uint64_t rows, uint64_t columns, int64_t stride);
    int (*release_layout)(Handle layout);
    int (*set_layout)(Handle layout, int attribute, const void* value, size_t bytes);
    int (*multiply)(Handle handle, Handle operation, const void* alpha, const void* a,
                    Handle a_layout, const void* b, Handle b_layout, const void* beta,
                    const void* c, Handle c_layout, void* d, Handle d_layout, const void* algorithm,
                    void* workspace, size_t workspace_bytes, Handle stream);
};

// The libraries stay loaded.
base::Result<Driver> load_driver();
base::Result<Products> load_products();

}  // namespace tensor::cuda
