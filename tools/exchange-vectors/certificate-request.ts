/** A request for a link certificate (PKCS #10, P-256). Made once and kept: signing it again would draw other chance. */
export const PIN = 'lwJ2NRXZIrc4DRNxH4t4T4_QUIlqHYKgSW6rivoL0vA'

export const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIHSMHkCAQAwFzEVMBMGA1UEAxMMaXQtY3VzdG9tcy0xMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAE8f+5Yks3GJt7b8sWR/j0RB+CFEfyoJKkqt/TCp0LL7r3cNAN
EjeINWQkzpMtCjsyfvGZ43OGo79zfl495GmAbqAAMAoGCCqGSM49BAMCA0kAMEYC
IQCV3Pz6gOrmVFew9sXYEe5We7Obuwdfj7lGOvdHKj7/XgIhAPyKKAxTkjTJdEIl
7NDdCXI9VDHL0UE4W0X2Or9H7LuE
-----END CERTIFICATE REQUEST-----
`
