#ifndef HOOKGATE_CFFI_SHIM_H
#define HOOKGATE_CFFI_SHIM_H

#include <ffi.h>

/* libffi describes types by mutable globals, which Swift 6 refuses to read; nothing ever writes to them. */
static inline ffi_type *hookgate_ffi_type_void(void) { return &ffi_type_void; }
static inline ffi_type *hookgate_ffi_type_pointer(void) { return &ffi_type_pointer; }
static inline ffi_type *hookgate_ffi_type_sint64(void) { return &ffi_type_sint64; }
static inline ffi_type *hookgate_ffi_type_uint64(void) { return &ffi_type_uint64; }
static inline ffi_type *hookgate_ffi_type_size(void) { return sizeof(size_t) == 8 ? &ffi_type_uint64 : &ffi_type_uint32; }
static inline ffi_type *hookgate_ffi_type_uint8(void) { return &ffi_type_uint8; }
static inline ffi_type *hookgate_ffi_type_double(void) { return &ffi_type_double; }

#endif
