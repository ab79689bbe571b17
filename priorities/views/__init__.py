"""What answers the addresses of agreements, declarations and lägesbilder?"""
